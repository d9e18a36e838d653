import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { openStore } from '../../store/store.ts';
import { type Play, play } from './play.ts';

// A folder in memory, where there is one: nothing of it is to last.
const memory = '/dev/shm';
const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'sesame-simulation-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
void simulate();

async function simulate(): Promise<void> {
  const store = await openStore({ dataDir: folder });
  try {
    parentPort?.postMessage(await play(store, workerData as Play));
  } finally {
    await store.close();
  }
}
