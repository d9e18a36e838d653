import { enableCompileCache } from 'node:module';

// Fills the cache that main.mjs starts from, and starts nothing. A server that has to fill it itself keeps the type
// stripper, 17 MB, for as long as it runs.
enableCompileCache();
await import('./start.ts');
