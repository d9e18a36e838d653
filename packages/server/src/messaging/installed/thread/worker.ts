import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { type LoadedConnector, loadConnector } from './loaded-connector.ts';
import { registerConnectorHooks } from './module-hooks.ts';
import type { SendCall, ThreadCall, ThreadData, ThreadReply } from './protocol.ts';
import { describeThrown } from './thrown.ts';

/** Replies of providers are kept outside of the heap, so the thread's limit on the heap does not hold them back. */
const maxExternalBytes = 128 * 1024 * 1024;
const watchMs = 50;

const port = parentPort as NonNullable<typeof parentPort>;
const say = (reply: ThreadReply) => port.postMessage(reply);

// What nobody catches would end this thread, and with it every send that is under way.
process.on('uncaughtException', (error) => say({ uncaught: describeThrown(error) }));
registerConnectorHooks();
const { entry } = workerData as ThreadData;
let loading: Promise<LoadedConnector> | undefined;
let callsUnderWay = 0;

port.on('message', async (call: ThreadCall) => {
  if (call.op === 'ping') return say({ id: call.id, json: '""' });
  callsUnderWay += 1;
  try {
    say({ id: call.id, json: JSON.stringify(await answer(call)) ?? 'null' });
  } catch (error) {
    say({ id: call.id, thrown: describeThrown(error) });
  } finally {
    callsUnderWay -= 1;
  }
});
say({ listens: true });

setInterval(() => {
  if (callsUnderWay === 0 || getHeapStatistics().external_memory < maxExternalBytes) return;
  say({ flooded: true });
  process.exit(1);
}, watchMs).unref();

async function answer(call: Exclude<ThreadCall, { op: 'ping' }>): Promise<unknown> {
  loading ??= loadConnector(entry);
  const connector = await loading;
  if (call.op === 'load') return connector.describe();
  if (call.op === 'check') return connector.check(JSON.parse(call.json));
  return connector.send(JSON.parse(call.json) as SendCall);
}
