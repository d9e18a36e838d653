import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A file that the pages load. */
export type Asset = {
  /** The path it is served at. */
  path: string;
  /** The path with the version of the content: it may be kept for ever. */
  url: string;
  contentType: string;
  content: string;
};

/** What all pages look like. */
export const stylesheet = readAsset('pages.css', 'text/css; charset=utf-8');
/** What pages can do beyond what they do without it. */
export const script = readAsset('pages.js', 'text/javascript; charset=utf-8');

function readAsset(name: string, contentType: string): Asset {
  const content = readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
  const version = createHash('sha256').update(content).digest('base64url').slice(0, 12);
  return { path: `/pages/${name}`, url: `/pages/${name}?v=${version}`, contentType, content };
}
