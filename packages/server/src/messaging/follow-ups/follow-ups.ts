import { type Afterwards, type DeliveryReport, isInDoubt } from '@sesame/connector-kit';
import { failureOf } from '../../connectors/connector-failure.ts';
import type { Connectors } from '../../connectors/connectors.ts';
import { newId, type Platform } from '../../platform.ts';
import {
  claimStep,
  type Done,
  type FollowedMessage,
  leaveStep,
  listFollowed,
  listFollowUps,
} from '../../store/follow-ups.ts';
import type { Store } from '../../store/store.ts';
import { followedMs, type Step, steps } from './steps.ts';

type Deps = {
  store: Store;
  platform: Platform;
  connectors: Pick<Connectors, 'live' | 'find'>;
  /** Takes what a provider answered. */
  take: (connectorId: string, factoryId: string, reports: DeliveryReport[]) => Promise<void>;
  /** Told of a provider that does not answer, or not as it should. */
  onFailure: (connectorId: string, what: string, error: unknown) => void;
};

const pollMs = 10_000;
/** Longer than a turn goes on, with what is under way at its end. */
const leaseMs = 5 * 60_000;
/** So long a turn takes on more; the rest is of the next. */
const turnMs = leaseMs / 2;
/** A provider that does not answer is left alone for so long. */
const pauseMs = 60_000;
/** So many at a time, with a pause after each: Tencent Cloud takes twenty questions a second. */
const atOnce = 4;
const paceMs = 200;
const mostInTurn = 400;
/** A provider that answers some, and others not, is asked once more for these, and again after a while. */
const mostTries = 3;
const againMs = 1_000;
/** Where nothing was to be done, it is kept only now and then how far that is true. */
const idleMs = 5 * 60_000;
const collect = { name: 'collect', everyMs: 30_000, mostCalls: 20 };

/** A connector whose messages are followed, with what it does. */
type Follower = { connectorId: string; factoryId: string; afterwards: Afterwards };

/**
 * Asks providers what became of messages and what they cost, and tells them which codes were typed in, as connectors
 * are configured. Sends write nothing for that: each step has a place in the list of messages. One process at a time is
 * at a step, under a lease; another one begins at the place that was kept, and may ask for a message twice.
 */
export function createFollowUps({ store, platform, connectors, take, onFailure }: Deps) {
  /** Connectors that were live in this process, and until when their messages are followed. */
  const followed = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let isSeeded = false;
  let running = Promise.resolve();

  /** The live connector, and those that were until lately. */
  async function followers(): Promise<Follower[]> {
    const now = platform.now();
    if (!isSeeded) {
      for (const row of await listFollowUps(store, now - followedMs)) followed.set(row.connector_id, now + followedMs);
      isSeeded = true;
    }
    const live = await connectors.live('Sms');
    if (live?.factory?.afterwards) followed.set(live.row.id, now + followedMs);
    const all = [...followed].map(async ([connectorId, until]): Promise<Follower[]> => {
      const connector = live?.row.id === connectorId ? live : await connectors.find(connectorId);
      if (until <= now || !connector) followed.delete(connectorId);
      if (until <= now || !connector?.factory?.afterwards) return [];
      const { factory, config } = connector;
      try {
        return [
          { connectorId, factoryId: factory.metadata.id, afterwards: (await factory.afterwards?.(config)) ?? {} },
        ];
      } catch (error) {
        onFailure(connectorId, 'configuration', error);
        return [];
      }
    });
    return (await Promise.all(all)).flat();
  }

  async function followStep({ connectorId, factoryId, afterwards }: Follower, step: Step, places: Map<string, Done>) {
    const work = step.work(afterwards);
    if (!work || isStopped) return;
    const now = platform.now();
    const until = now - step.afterMs;
    const about = { connectorId, condition: step.condition };
    const isLate = (done: Done) => done.done_until < until - step.lateMs;
    const from = (done: Done): Done => (isLate(done) ? { done_until: until - step.lateMs, done_id: '' } : done);
    const known = places.get(`${connectorId} ${step.name}`);
    if (known) {
      const [next] = await listFollowed(store, about, from(known), { until, limit: 1 });
      if (!next && until - known.done_until < idleMs) return;
    }
    const lease = newId(platform);
    const key = { connectorId, step: step.name };
    const claimed = await claimStep(store, { ...key, lease, now, until: now + leaseMs, start: until });
    if (!claimed) return;
    let done = from(claimed);
    let pauseUntil = 0;
    try {
      if (isLate(claimed)) await tellLeft(claimed, done);
      const messages = await listFollowed(store, about, done, { until, limit: mostInTurn });
      let isAll = messages.length < mostInTurn;
      for (let at = 0; at < messages.length && !isStopped; at += atOnce) {
        if (platform.now() - now >= turnMs) {
          isAll = false;
          break;
        }
        const together = messages.slice(at, at + atOnce);
        const unanswered = await followAll(together);
        // What cannot be asked for holds up nothing else; while the provider is away, all of it waits.
        if (unanswered === together.length) {
          pauseUntil = platform.now() + pauseMs;
          break;
        }
        const last = together.at(-1) as FollowedMessage;
        done = { done_until: last.created_at, done_id: last.id };
        await platform.sleep(paceMs);
      }
      const isLastOfTime = done.done_until === until;
      if (isAll && pauseUntil === 0 && !isStopped && !isLastOfTime) done = { done_until: until, done_id: '' };
    } finally {
      await leaveStep(store, { ...key, lease }, done, pauseUntil);
    }

    /** @returns how many the provider did not answer at all */
    async function followAll(together: readonly FollowedMessage[]): Promise<number> {
      let open = together;
      for (let tries = 1; ; tries += 1) {
        const answered = await Promise.all(open.map((message) => follow(message)));
        open = open.filter((_, index) => !answered[index]);
        if (open.length === 0 || open.length === together.length || tries === mostTries || isStopped)
          return open.length;
        await platform.sleep(againMs);
      }
    }

    /** @returns whether the provider answered, with a refusal or else */
    async function follow(message: FollowedMessage): Promise<boolean> {
      try {
        const reports = await work?.(message);
        if (reports?.length) await take(connectorId, factoryId, reports);
        return true;
      } catch (error) {
        onFailure(connectorId, step.name, error);
        return !isAway(error);
      }
    }

    async function tellLeft(before: Done, done: Done): Promise<void> {
      const [left] = await listFollowed(store, about, before, { until: done.done_until, limit: 1 });
      if (left) onFailure(connectorId, step.name, new Error('Messages were left out: their time was over.'));
    }
  }

  /** Takes what waits at the provider. It is gone there once it was given, so one process at a time does that. */
  async function collectAll({ connectorId, factoryId, afterwards }: Follower, places: Map<string, Done>) {
    const { collectReports } = afterwards;
    if (!collectReports || isStopped) return;
    const now = platform.now();
    const known = places.get(`${connectorId} ${collect.name}`);
    if (known && now - known.done_until < collect.everyMs) return;
    const lease = newId(platform);
    const key = { connectorId, step: collect.name };
    if (!(await claimStep(store, { ...key, lease, now, until: now + leaseMs, start: now }))) return;
    let pauseUntil = 0;
    try {
      for (let calls = 0; calls < collect.mostCalls && !isStopped && platform.now() - now < turnMs; calls += 1) {
        const reports = await collectReports();
        if (reports.length === 0) break;
        await take(connectorId, factoryId, reports);
      }
    } catch (error) {
      onFailure(connectorId, collect.name, error);
      pauseUntil = platform.now() + pauseMs;
    } finally {
      await leaveStep(store, { ...key, lease }, { done_until: now, done_id: '' }, pauseUntil);
    }
  }

  /** Does all that is due now: for whoever is the clock. */
  async function turn(): Promise<void> {
    const all = await followers();
    if (all.every(({ afterwards }) => Object.keys(afterwards).length === 0)) return;
    const rows = await listFollowUps(store, 0);
    const places = new Map(rows.map((row) => [`${row.connector_id} ${row.step}`, row] as const));
    await Promise.all(
      all.map(async (follower) => {
        await collectAll(follower, places);
        for (const step of steps) await followStep(follower, step, places);
      }),
    );
  }

  function schedule(): void {
    timer = setTimeout(() => {
      running = turn()
        .catch((error: unknown) => onFailure('', 'turn', error))
        .then(() => {
          if (!isStopped) schedule();
        });
    }, pollMs);
    timer.unref();
  }

  return {
    turn,
    start: schedule,

    /** Takes on nothing more, and waits for what is under way for so many milliseconds. */
    async stop(patienceMs: number): Promise<void> {
      isStopped = true;
      clearTimeout(timer);
      const patience = new AbortController();
      const waited = new Promise<void>((resolve) => {
        const impatience = setTimeout(resolve, patienceMs);
        patience.signal.addEventListener('abort', () => clearTimeout(impatience));
      });
      await Promise.race([running, waited]);
      patience.abort();
    },
  };
}
/** Whether a provider is away, takes no more for now, or does not know us, whatever message it is about. */
function isAway(error: unknown): boolean {
  const { kind, status } = failureOf(error).data;
  return kind === 'limit' || status === undefined || isInDoubt(status) || [401, 403, 429].includes(status);
}

export type FollowUps = ReturnType<typeof createFollowUps>;
