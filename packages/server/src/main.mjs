import { letOptimize } from './let-optimize.mjs';
import { loadServer } from './load-server.mjs';

// In plain JavaScript: a TypeScript file would load the type stripper and its 17 MB.
const { start } = await loadServer();
await start();
letOptimize(true);
