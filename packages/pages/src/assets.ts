import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** A file that the pages load. */
export type Asset = {
  /** The path it is served at. */
  path: string;
  /** The path with the version of the content: it may be kept for ever. */
  url: string;
  contentType: string;
  content: string;
};

const javaScript = 'text/javascript; charset=utf-8';

/** What all pages look like. */
export const stylesheet = readAsset('pages.css', 'text/css; charset=utf-8');
/** What pages can do beyond what they do without it. */
export const script = readAsset('pages.js', javaScript);

/** What a page loads that checks whether a person is there; read when such a page is first drawn. */
export const challengeScript = once(() => readAsset('human-check.js', javaScript));
/** The widget of ALTCHA, without a style or a worker in it: no policy of ours would let them run. */
export const challengeWidget = once(() => readAsset('altcha.js', javaScript, ofAltcha('external/altcha.min.js')));
/** What the widget calculates with, beside the page. */
export const challengeWorker = once(() => readAsset('altcha-worker.js', javaScript, ofAltcha('workers/pbkdf2.js')));

/** What such a page loads, by its path. */
export const challengeFiles: Readonly<Record<string, () => Asset>> = {
  '/pages/human-check.js': challengeScript,
  '/pages/altcha.js': challengeWidget,
  '/pages/altcha-worker.js': challengeWorker,
};

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A file of the package, which names none of these by itself. */
function ofAltcha(path: string): URL {
  const main = createRequire(import.meta.url).resolve('altcha');
  return new URL(`../${path}`, pathToFileURL(main));
}

function readAsset(name: string, contentType: string, file = new URL(`./assets/${name}`, import.meta.url)): Asset {
  const content = readFileSync(file, 'utf8');
  const version = createHash('sha256').update(content).digest('base64url').slice(0, 12);
  return { path: `/pages/${name}`, url: `/pages/${name}?v=${version}`, contentType, content };
}
