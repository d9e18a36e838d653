import { onInterruption } from './interruption.ts';
import { runCommand } from './run-command.ts';

// A reader such as `head` may have had enough; the command goes on all the same.
process.stdout.on('error', () => {});
process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  interruption: onInterruption,
  print: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
});
