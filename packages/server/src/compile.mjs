import { loadServer } from './load-server.mjs';

// Fills the cache that main.mjs starts from, and starts nothing. A server that has to fill it itself keeps what
// compiling took for as long as it runs. It finds only what the same user filled with the same flags of V8.
const [file] = process.argv.slice(2);
await loadServer(file);
