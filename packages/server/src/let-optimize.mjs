import { setFlagsFromString } from 'node:v8';

/** Whoever decides how V8 compiles decides it for the start as well. */
const isDecided = /--(jitless|lite|(no-)?(opt|maglev|turbofan))\b/.test(
  [...process.execArgv, process.env.NODE_OPTIONS].join(' '),
);

/** What takes longer is a build or a migration, which gains by it. */
const longestMs = 2_000;
let timer;

/**
 * Whether V8 may optimize what runs often. A start runs nothing often enough to gain by it, and the compilers would take
 * 12 MB, which a server that is idle keeps.
 */
export function letOptimize(may) {
  if (isDecided) return;
  clearTimeout(timer);
  if (!may) timer = setTimeout(letOptimize, longestMs, true).unref();
  for (const compiler of ['opt', 'maglev']) setFlagsFromString(`--${may ? '' : 'no-'}${compiler}`);
}
