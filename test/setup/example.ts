import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../examples/web-application/main.ts', import.meta.url));

/** The example in a process of its own. Resolves when it listens, or when it has ended. */
export async function runExample(env: Record<string, string>) {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [main], { env: { PATH, HOME, NODE_COMPILE_CACHE, ...env } });
  let output = '';
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const listening = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        if (output.includes('The example is at')) resolve();
      });
    }
  });
  await Promise.race([listening, exited]);
  return { output: () => output, exited, stop: () => void child.kill() };
}
