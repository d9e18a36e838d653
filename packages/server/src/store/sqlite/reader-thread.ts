import { parentPort, workerData } from 'node:worker_threads';
import type { CompiledQuery } from 'kysely';
import { GroupCommit } from './group-commit.ts';
import { openReadOnly } from './read-only.ts';
import type { Listens, Reply, Statement } from './reader.ts';

const { file } = workerData as { file: string };
const reads = new GroupCommit(openReadOnly(file));

parentPort?.on('message', (statement: Statement) => {
  parentPort?.postMessage(answer(statement));
});
parentPort?.postMessage({ listens: true } satisfies Listens);

function answer(statement: Statement): Reply {
  try {
    return { rows: reads.runNow(statement as CompiledQuery).rows };
  } catch (error) {
    const { message, code, errcode } = error as Error & { code?: string; errcode?: number };
    return { failure: { message, code, errcode } };
  }
}
