import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { openStore } from '../../packages/server/src/store/store.ts';
import { parseEvent, type TraceEvent } from './event.ts';
import { openPolicy, policyFrom } from './policy.ts';
import { createReplay } from './replay.ts';
import { toJson, toTable } from './report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { policy: { type: 'string' }, json: { type: 'string' } },
});
const [trace] = positionals;
if (!trace) {
  process.stderr.write('Usage: npm run replay -- TRACE.ndjson [--policy FILE] [--json FILE]\n');
  process.exit(1);
}
// Nothing of it is to last, and a disk would be waited for at each send.
const memory = '/dev/shm';
const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'sesame-replay-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

async function* eventsOf(file: string): AsyncGenerator<TraceEvent> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() !== '') yield parseEvent(line, number);
  }
}

async function isInOrder(file: string): Promise<boolean> {
  let last = Number.NEGATIVE_INFINITY;
  for await (const { at } of eventsOf(file)) {
    if (at < last) return false;
    last = at;
  }
  return true;
}

/** As they come where they are in order, however many; else all of them have to be in memory. */
async function inOrder(file: string): Promise<AsyncIterable<TraceEvent> | TraceEvent[]> {
  if (await isInOrder(file)) return eventsOf(file);
  const events: TraceEvent[] = [];
  for await (const event of eventsOf(file)) events.push(event);
  return events.toSorted((one, other) => one.at - other.at);
}

const store = await openStore({ dataDir: folder });
try {
  const policy = values.policy ? policyFrom(JSON.parse(readFileSync(values.policy, 'utf8'))) : openPolicy;
  const replay = createReplay({ store, policy });
  for await (const event of await inOrder(trace)) await replay.run(event);
  const json = `${JSON.stringify(toJson(replay.outcomes()))}\n`;
  if (values.json) writeFileSync(values.json, json);
  process.stdout.write(`${toTable(replay.outcomes())}\n${json}`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await store.close();
}
