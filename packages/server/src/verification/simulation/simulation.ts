import { Worker } from 'node:worker_threads';
import { ApiError } from '../../errors.ts';
import type { FraudPolicy } from '../../experience/fraud-policy.ts';
import type { Platform } from '../../platform.ts';
import type { PriceStore } from '../../protection/money/prices.ts';
import { listRecordedSends } from '../../store/recorded-sends.ts';
import type { Store } from '../../store/store.ts';
import type { Play, Simulated } from './play.ts';

const day = 86_400_000;
/** So many codes take some seconds. */
const maxSends = 20_000;
/** Then whoever waits is told that it takes too long. */
const patienceMs = 60_000;
const retryAfterSeconds = 10;
const resourceLimits = { maxOldGenerationSizeMb: 512 };
const thread = new URL('./simulation-thread.ts', import.meta.url);

/** What a policy would have done. Times are milliseconds since the epoch. */
export type Simulation = {
  /** From when on codes were played: later than was asked for, where there were too many. */
  from: number;
  until: number;
  isAll: boolean;
  currency: string;
  countries: Simulated[];
};

/** Finds out what a policy would have done to the codes of the last days, one question at a time. */
export function createSimulation({
  store,
  platform,
  prices,
}: {
  store: Store;
  platform: Pick<Platform, 'now'>;
  prices: PriceStore;
}) {
  let isBusy = false;

  return {
    /** @throws ApiError `system.too_many_reads` while another one runs, `request.too_broad` where it takes too long */
    async run(policy: FraudPolicy, days: number): Promise<Simulation> {
      if (isBusy) throw new ApiError('system.too_many_reads', { retryAfterSeconds });
      isBusy = true;
      try {
        const until = platform.now();
        const { currency } = await prices.read();
        const sends = await listRecordedSends(store, until - days * day, maxSends);
        const isAll = sends.length < maxSends;
        const from = isAll ? until - days * day : (sends[0]?.created_at ?? until);
        const countries = sends.length === 0 ? [] : await inThread({ sends, policy, currency });
        return { from, until, isAll, currency, countries };
      } finally {
        isBusy = false;
      }
    },
  };
}
export type SimulationRunner = ReturnType<typeof createSimulation>;

function inThread(workerData: Play): Promise<Simulated[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, { workerData, execArgv: [], resourceLimits });
    const timer = setTimeout(() => {
      reject(new ApiError('request.too_broad'));
      void worker.terminate();
    }, patienceMs);
    worker.once('message', resolve).once('error', reject);
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('The thread that simulates ended without an answer.'));
    });
  });
}
