import { readFileSync } from 'node:fs';
import Module, { createRequire, enableCompileCache, getCompileCacheDir } from 'node:module';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
import { serverFile } from '../../../scripts/bundled-server.mjs';
import { keptCode, mayKeepCode } from './kept-code.mjs';
import { letOptimize } from './let-optimize.mjs';

/**
 * Loads the server. Its compiled code is kept between starts, which halves the time to the first answer. Node does that
 * too, and does for what is small; but it holds what it has read for as long as the process runs.
 * @param named the file, where it does not count as made yet
 * @returns its module
 */
export async function loadServer(named) {
  letOptimize(false);
  if (mayKeepCode()) enableCompileCache();
  const file = named ?? serverFile();
  if (!file.endsWith('.cjs')) return import(pathToFileURL(file).href);
  // Its letters are all in ASCII.
  const source = readFileSync(file, 'latin1');
  const kept = keptCode(getCompileCacheDir(), { file, source });
  const cachedData = kept.read();
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const script = new Script(source, { filename: file, cachedData, importModuleDynamically });
  const module = new Module(file);
  const require = createRequire(file);
  require.cache[file] = module;
  script.runInThisContext()(module.exports, require, file);
  // Before it starts: later, the code that only a start needs has been cleared away.
  if (!cachedData || script.cachedDataRejected) kept.write(script.createCachedData());
  return module.exports;
}
