import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databases } from './contenders/contender.ts';
import { measure } from './measure.ts';
import { readOptions } from './options.ts';
import { startPostgres } from './postgres.ts';
import { toMarkdown } from './report/markdown.ts';
import { record } from './report/record.ts';
import { scalingTables } from './report/scaling.ts';
import { stopServers } from './server-process.ts';

const options = readOptions(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'sesame-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const postgres = options.postgres ? await startPostgres(folder) : undefined;
try {
  const databasesToUse = databases.slice(0, postgres ? 2 : 1);
  const findings = await measure({ folder, postgres, options, databases: databasesToUse });
  const [report, scaling] = [toMarkdown(findings), scalingTables(findings)];
  process.stdout.write(`${report}\nFor docs/scaling.md:\n\n${scaling}`);
  if (options.record) {
    record('benchmark.md', report);
    record('scaling.md', scaling);
  }
} finally {
  await stopServers();
  await postgres?.stop();
}
