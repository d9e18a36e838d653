import { setGlobalProxyFromEnv } from 'node:http';
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { proxiesOf } from '../../../network/proxies.ts';
import { createBudget } from './budget.ts';
import { watchHttpReplies } from './http-replies.ts';
import { type LoadedConnector, loadConnector } from './loaded-connector.ts';
import { registerConnectorHooks } from './module-hooks.ts';
import type { AfterwardsCall, ReportsCall, SendCall, ThreadCall, ThreadData, ThreadReply } from './protocol.ts';
import { describeThrown } from './thrown.ts';

/** Replies of providers are kept outside of the heap, so the thread's limit on the heap does not hold them back. */
const maxExternalBytes = 128 * 1024 * 1024;
const watchMs = 100;
const maxAnswerLength = 2 * 1024 * 1024;

const port = parentPort as NonNullable<typeof parentPort>;
const say = (reply: ThreadReply) => port.postMessage(reply);

// What nobody catches would end this thread, and with it every send that is under way.
const uncaughtLeft = createBudget(10, 60_000);
process.on('uncaughtException', (error) => {
  if (uncaughtLeft(1)) say({ uncaught: describeThrown(error) });
});
limitOutput();
takeProxies();
registerConnectorHooks();
const replies = watchHttpReplies();
const { entry } = workerData as ThreadData;
let loading: Promise<LoadedConnector> | undefined;

port.on('message', (call: ThreadCall) => replies.during(() => take(call)));
say({ listens: true });

setInterval(() => {
  if (getHeapStatistics().external_memory < maxExternalBytes) return;
  say({ flooded: true });
  process.exit(1);
}, watchMs).unref();

async function take(call: ThreadCall): Promise<void> {
  if (call.op === 'ping') return say({ id: call.id, json: '""' });
  try {
    const json = JSON.stringify(await answer(call)) ?? 'null';
    if (json.length > maxAnswerLength) throw new RangeError('Its answer is too long.');
    say({ id: call.id, json });
  } catch (error) {
    say({ id: call.id, thrown: { ...describeThrown(error), httpStatuses: replies.statuses() } });
  }
}

async function answer(call: Exclude<ThreadCall, { op: 'ping' }>): Promise<unknown> {
  loading ??= loadConnector(entry);
  const connector = await loading;
  if (call.op === 'load') return connector.describe();
  if (call.op === 'check') return connector.check(JSON.parse(call.json));
  if (call.op === 'reports') return connector.readReports(JSON.parse(call.json) as ReportsCall);
  if (call.op === 'afterwards') return connector.followUp(JSON.parse(call.json) as AfterwardsCall);
  return connector.send(JSON.parse(call.json) as SendCall);
}

/** `fetch`, `http` and `https` go through the proxies that the server goes through. */
function takeProxies(): void {
  const proxies = proxiesOf(process.env);
  if (Object.keys(proxies).length > 0) setGlobalProxyFromEnv(proxies);
}

/** What a connector prints is read by the server, so that a flood of it has to end here. */
function limitOutput(): void {
  const outputLeft = createBudget(64 * 1024, 1_000);
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = (text: string | Uint8Array, ...rest: unknown[]) => {
      if (outputLeft(text.length)) return write(text, ...(rest as []));
      for (const done of rest) if (typeof done === 'function') done();
      return true;
    };
  }
}
