import { prepare } from './prepare.mjs';
import { buildProducts } from './products.mjs';

await prepare({ withConsole: true });
process.exitCode = await buildProducts();
