import type { z } from 'zod';
import type {
  About,
  AuditPage,
  CreatedToken,
  CreateProject,
  CreateToken,
  ListAudit,
  ListProjects,
  ListTokens,
  ProjectPage,
  ProjectView,
  QueueView,
  TokenPage,
  UpdateProject,
} from './administration.ts';
import type { ArtifactList } from './artifacts.ts';
import type { CompareRuns, Comparison } from './comparison.ts';
import type { DatasetPage, DatasetView, ListDatasets } from './datasets.ts';
import type { EventPage, FollowEvents, ReadEvents, RunEvent } from './run-events.ts';
import type { CloneRun, Created, CreateRun, CreateSweep, ListRuns, RunDetail, RunPage, RunView } from './runs.ts';
import type { Caller } from './scopes.ts';
import type {
  CreatedWebhook,
  CreateWebhook,
  DeliveryPage,
  DeliveryView,
  ListDeliveries,
  ListWebhooks,
  WebhookPage,
} from './webhooks.ts';

/** What comes with a request besides its input. */
export interface RequestInfo {
  readonly requestId: string;
  /** From the Idempotency-Key header. */
  readonly idempotencyKey: string | null;
}

export interface FollowedEvent {
  /** What to send as lastEventId to go on after this event. */
  readonly position: string;
  readonly event: RunEvent;
  /** The event as JSON, made once for all streams. */
  readonly text: string;
}

export interface RunService {
  create(caller: Caller, input: CreateRun, request: RequestInfo): Promise<Created>;
  sweep(caller: Caller, input: CreateSweep, request: RequestInfo): Promise<Created>;
  clone(caller: Caller, input: CloneRun, request: RequestInfo): Promise<Created>;
  list(caller: Caller, input: ListRuns): Promise<RunPage>;
  show(caller: Caller, id: string): Promise<RunDetail>;
  events(caller: Caller, input: z.output<typeof ReadEvents>): Promise<z.input<typeof EventPage>>;
  /** Events in the groups in which they come. Ends when nothing more will follow, or when the signal aborts. */
  follow(
    caller: Caller,
    input: z.output<typeof FollowEvents>,
    signal: AbortSignal,
  ): Promise<AsyncIterable<readonly FollowedEvent[]>>;
  cancel(caller: Caller, id: string, request: RequestInfo): Promise<RunView>;
  pause(caller: Caller, id: string, request: RequestInfo): Promise<RunView>;
  resume(caller: Caller, id: string, request: RequestInfo): Promise<RunView>;
  remove(caller: Caller, id: string, request: RequestInfo): Promise<void>;
  compare(caller: Caller, input: CompareRuns): Promise<Comparison>;
  artifacts(caller: Caller, id: string): Promise<z.input<typeof ArtifactList>>;
}

export interface ProjectService {
  list(caller: Caller, input: z.output<typeof ListProjects>): Promise<z.input<typeof ProjectPage>>;
  create(caller: Caller, input: z.output<typeof CreateProject>, request: RequestInfo): Promise<ProjectView>;
  update(caller: Caller, input: z.output<typeof UpdateProject>, request: RequestInfo): Promise<ProjectView>;
  /** With everything in it. */
  remove(caller: Caller, id: string, request: RequestInfo): Promise<void>;
}

export interface TokenService {
  list(caller: Caller, input: z.output<typeof ListTokens>): Promise<z.input<typeof TokenPage>>;
  create(caller: Caller, input: CreateToken, request: RequestInfo): Promise<z.input<typeof CreatedToken>>;
  revoke(caller: Caller, id: string, request: RequestInfo): Promise<void>;
}

export interface DatasetService {
  list(caller: Caller, input: z.output<typeof ListDatasets>): Promise<z.input<typeof DatasetPage>>;
  show(caller: Caller, id: string): Promise<DatasetView>;
  remove(caller: Caller, id: string, request: RequestInfo): Promise<void>;
}

export interface WebhookService {
  list(caller: Caller, input: z.output<typeof ListWebhooks>): Promise<z.input<typeof WebhookPage>>;
  create(caller: Caller, input: CreateWebhook, request: RequestInfo): Promise<z.input<typeof CreatedWebhook>>;
  remove(caller: Caller, id: string, request: RequestInfo): Promise<void>;
  deliveries(caller: Caller, input: z.output<typeof ListDeliveries>): Promise<z.input<typeof DeliveryPage>>;
  replay(caller: Caller, id: string, request: RequestInfo): Promise<DeliveryView>;
}

export interface SystemService {
  about(caller: Caller): Promise<z.input<typeof About>>;
  queue(caller: Caller): Promise<z.input<typeof QueueView>>;
  audit(caller: Caller, input: z.output<typeof ListAudit>): Promise<z.input<typeof AuditPage>>;
}

/** Everything the procedures call; the server implements it. */
export interface Service {
  readonly runs: RunService;
  readonly projects: ProjectService;
  readonly tokens: TokenService;
  readonly system: SystemService;
  readonly datasets: DatasetService;
  readonly webhooks: WebhookService;
}

/** The tRPC context of one request. */
export interface ServiceContext extends RequestInfo {
  /** null: neither token nor session. */
  readonly caller: Caller | null;
  readonly service: Service;
}
