import { buildConsole } from './console-build.mjs';
import { prepare } from './prepare.mjs';

await prepare();
process.exitCode = await buildConsole();
