import { canonicalJson, shippedFeatures } from '@engram/contracts';
import type { ExperimentSpec } from '@engram/contracts';
import { ServiceError } from '@engram/contracts/service';
import type { CreateRun, CreateSweep, Estimate } from '@engram/contracts/service';
import { changedSpec, SpecError, specHash, specWarnings } from '@engram/experiment';
import { createHash, randomBytes } from 'node:crypto';
import { estimateOf } from './estimate.ts';

/** One training: a specification and a seed. */
export interface PlannedRun {
  readonly spec: ExperimentSpec;
  readonly specHash: string;
  readonly seed: number;
}

/** A submission that has been checked: what will be stored if it is new. */
export interface Plan {
  readonly id: string;
  readonly submission: Pick<CreateRun, 'name' | 'tags' | 'priority' | 'expiresInSeconds'>;
  readonly spec: ExperimentSpec;
  readonly specHash: string;
  /** One run stands for itself; several belong to a sweep. */
  readonly runs: readonly PlannedRun[];
  readonly bodyHash: string;
  readonly estimate: Estimate;
  readonly warnings: readonly string[];
}

export const mostRuns = 1000;

const issuedId = (): string =>
  randomBytes(9).toString('base64url').replaceAll('_', 'a').replaceAll('-', 'b').toLowerCase();

/** Checks a submission and lays out its runs. Throws ServiceError `invalid`. */
export async function planOf(
  input: Omit<CreateRun, 'dryRun'> & Partial<Pick<CreateSweep, 'grid'>>,
  multiplyAddsPerSecond: number | null,
): Promise<Plan> {
  const { id, spec, seeds, grid = {}, ...submission } = input;
  requireServable(spec);
  const specs = await Promise.all(
    combinations(grid).map(async (settings) => {
      const changed = checked(spec, settings);
      return { spec: changed, specHash: await specHash(changed) };
    }),
  );
  const runs = specs.flatMap((each) => seeds.map((seed) => ({ ...each, seed })));
  if (runs.length > mostRuns) {
    throw new ServiceError('invalid', `This asks for ${runs.length} runs; a sweep has at most ${mostRuns}.`, {
      hint: 'Submit it in parts.',
    });
  }
  const distinct = new Set(runs.map((run) => `${run.specHash} ${run.seed}`));
  if (distinct.size < runs.length) {
    throw new ServiceError('invalid', 'Some of these runs are the same: equal seeds, or values that occur twice.');
  }
  return {
    id: id ?? issuedId(),
    submission,
    spec,
    specHash: await specHash(spec),
    runs,
    bodyHash: createHash('sha256').update(canonicalJson(input)).digest('hex'),
    estimate: estimateOf(
      runs.map((run) => run.spec),
      multiplyAddsPerSecond,
    ),
    warnings: [...new Set(specs.flatMap((each) => specWarnings(each.spec)))],
  };
}

function checked(spec: ExperimentSpec, settings: Readonly<Record<string, unknown>>): ExperimentSpec {
  try {
    return changedSpec(spec, settings);
  } catch (error) {
    if (error instanceof SpecError) throw new ServiceError('invalid', error.message, { cause: error });
    throw error;
  }
}

/** A path on the server's disk is nothing that a client may name. */
function requireServable({ data }: ExperimentSpec): void {
  if (data.source === 'own' && !/^dataset:[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(data.path)) {
    throw new ServiceError('invalid', 'data.path: expected dataset:<id> of an uploaded data set.', {
      hint: 'Upload the data first; its answer holds the id.',
    });
  }
  if (data.source === 'named' && data.features !== undefined && data.features !== shippedFeatures) {
    throw new ServiceError('invalid', `data.features: expected ${shippedFeatures}, the only features the service has.`);
  }
}

function combinations(grid: Readonly<Record<string, readonly unknown[]>>): Readonly<Record<string, unknown>>[] {
  const total = Object.values(grid).reduce((product, values) => product * values.length, 1);
  if (total > mostRuns) {
    throw new ServiceError('invalid', `The grid has ${total} combinations; at most ${mostRuns} are possible.`);
  }
  return Object.entries(grid).reduce<Record<string, unknown>[]>(
    (all, [path, values]) => all.flatMap((settings) => values.map((value) => ({ ...settings, [path]: value }))),
    [{}],
  );
}
