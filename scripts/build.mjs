import { buildConsole } from './console-build.mjs';
import { prepare } from './prepare.mjs';

await prepare({ withConsole: true });
process.exitCode = await buildConsole();
