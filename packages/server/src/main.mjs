import { enableCompileCache } from 'node:module';
import { serverModule } from '../../../scripts/bundled-server.mjs';

// Compiled code is kept between starts, which halves the time to the first answer. This has to be switched on before
// anything else is loaded, and in plain JavaScript: a TypeScript file would load the type stripper and its 17 MB.
enableCompileCache();
const { start } = await import(serverModule());
await start();
