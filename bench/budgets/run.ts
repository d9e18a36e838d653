import { judge, runBudgets, sizeBudgets } from './budgets.ts';
import { measureRunning } from './running.ts';
import { measureSizes } from './sizes.ts';

const judged = [judge(sizeBudgets, measureSizes()), judge(runBudgets, await measureRunning())];
const lines = ['| Figure | Is | At most | |', '| --- | ---: | ---: | --- |', ...judged.flatMap((one) => one.lines)];
process.stdout.write(`${lines.join('\n')}\n`);
const broken = judged.flatMap((one) => one.broken);
if (broken.length > 0) {
  process.stderr.write(`Broken: ${broken.join(', ')}; see bench/budgets/budgets.ts.\n`);
  process.exitCode = 1;
}
