import type { RunEvent } from '@engram/contracts/service';
import { and, asc, eq, gt, or } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { events } from '../database/schema.ts';

/** An event as it is sent: parsed for tRPC, as text for plain streams, made once for all who listen. */
export interface Delivered {
  readonly seq: number;
  readonly event: RunEvent;
  readonly text: string;
}

/** What is known of a run that somebody listens to. */
interface Topic {
  readonly key: number;
  readonly id: string;
  /** The latest events, without gap; older ones are read from the database. */
  recent: readonly Delivered[];
  last: number;
  announced: number;
  listeners: number;
  readonly wake: Set<() => void>;
}

export interface Subscription {
  /** Events after a number that are at hand, oldest first; empty if there are none yet. */
  read(after: number): Promise<readonly Delivered[]>;
  /** Calls once when something new may have come. Gives a function that takes the call back. */
  onNews(callback: () => void): () => void;
  close(): void;
}

const kept = 500;
const pageSize = 500;

/**
 * Carries events from the database to streams. One notification fetches the news of all runs somebody listens to with
 * one query; a stream is a cursor into what was fetched, so a slow reader costs no memory and falls back to the table.
 */
export function createHub({ db, signals }: Database, log: Logger) {
  const topics = new Map<number, Topic>();
  let fetching = false;
  let again = false;

  const rowsAfter = async (marks: readonly { readonly key: number; readonly after: number; readonly id: string }[]) => {
    const ids = new Map(marks.map(({ key, id }) => [key, id]));
    const rows = await db
      .select()
      .from(events)
      .where(or(...marks.map(({ key, after }) => and(eq(events.run, key), gt(events.seq, after)))))
      .orderBy(asc(events.run), asc(events.seq))
      .limit(pageSize * marks.length);
    return rows.map(({ run, seq, at, body }) => {
      const event: RunEvent = { run: ids.get(run) ?? '', seq, at: at.toISOString(), event: body };
      return { key: run, delivered: { seq, event, text: JSON.stringify(event) } };
    });
  };

  /** Whether anything new was found. */
  const fetchPart = async (part: readonly Topic[]): Promise<boolean> => {
    const promised = part.map(({ announced }) => announced);
    const rows = await rowsAfter(part.map(({ key, id, last }) => ({ key, id, after: last })));
    for (const { key, delivered } of rows) {
      const topic = topics.get(key);
      if (topic === undefined || delivered.seq !== topic.last + 1) continue;
      topic.recent = [...topic.recent.slice(-kept + 1), delivered];
      topic.last = delivered.seq;
    }
    const found = new Set(rows.map(({ key }) => key));
    part.forEach((topic, i) => {
      // a guess that was wrong: nothing had been missed
      if (!found.has(topic.key) && topic.announced === promised[i]) topic.announced = topic.last;
      else for (const call of topic.wake) call();
    });
    return found.size > 0;
  };

  const fetchNews = async (): Promise<void> => {
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    try {
      do {
        again = false;
        const behind = [...topics.values()].filter(({ last, announced }) => announced > last);
        for (let from = 0; from < behind.length; from += 100) {
          if (await fetchPart(behind.slice(from, from + 100))) again = true;
        }
      } while (again);
    } catch (error) {
      log.warn({ error: String(error) }, 'events could not be fetched; the next notification tries again');
    } finally {
      fetching = false;
    }
  };

  const stopListening = signals.on('events', (content) => {
    let news = false;
    for (const pair of content.split(',')) {
      const [key, seq] = pair.split(':').map(Number);
      const topic = topics.get(key ?? -1);
      if (topic === undefined || seq === undefined || seq <= topic.announced) continue;
      topic.announced = seq;
      news = true;
    }
    if (news) void fetchNews();
  });
  /** Whatever was missed is fetched as if it had been announced. */
  const catchUp = (): void => {
    for (const topic of topics.values()) topic.announced = Math.max(topic.announced, topic.last + 1);
    void fetchNews();
  };
  const stopWatching = signals.onGap(catchUp);
  const safetyNet = setInterval(catchUp, 15_000);
  safetyNet.unref();

  return {
    /** Attached before anything is read, so that nothing falls between reading and listening. */
    subscribe(run: { readonly key: number; readonly id: string; readonly lastSeq: number }): Subscription {
      const known = topics.get(run.key);
      const topic: Topic = known ?? {
        key: run.key,
        id: run.id,
        recent: [],
        last: run.lastSeq,
        // something may have been announced between reading the row and now
        announced: run.lastSeq + 1,
        listeners: 0,
        wake: new Set(),
      };
      topic.listeners += 1;
      if (known === undefined) {
        topics.set(run.key, topic);
        void fetchNews();
      }
      return {
        read: async (after) => {
          if (after >= topic.last) return [];
          const [oldest] = topic.recent;
          if (oldest !== undefined && after + 1 >= oldest.seq) return topic.recent.slice(after + 1 - oldest.seq);
          const rows = await rowsAfter([{ key: topic.key, id: topic.id, after }]);
          return rows.map(({ delivered }) => delivered);
        },
        onNews: (callback) => {
          topic.wake.add(callback);
          return () => topic.wake.delete(callback);
        },
        close: () => {
          topic.listeners -= 1;
          if (topic.listeners === 0) topics.delete(topic.key);
        },
      };
    },
    /** Runs somebody listens to. */
    size: () => topics.size,
    close: () => {
      clearInterval(safetyNet);
      stopListening();
      stopWatching();
    },
  };
}

export type Hub = ReturnType<typeof createHub>;
