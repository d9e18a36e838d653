import { parseArgs } from 'node:util';
import { generate } from './traces.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, scale: { type: 'string', default: '1' } },
});
try {
  const events = generate(positionals[0] ?? '', { seed: Number(values.seed), scale: Number(values.scale) });
  for (const event of events) process.stdout.write(`${JSON.stringify(event)}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
