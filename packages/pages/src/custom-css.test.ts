import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { stylesheet } from './assets.ts';
import { exampleContext } from './views/examples/example.ts';
import { viewExamples } from './views/view-examples.ts';

const guide = await readFile(new URL('../../../docs/custom-css.md', import.meta.url), 'utf8');
const names = guide.split('## What stays')[1]?.split('\n## ')[0] ?? '';
const firstCells = [...names.matchAll(/^\| (`[^|]*`) \|/gm)].map(([, cell = '']) => cell).join(' ');
const namedIn = (pattern: RegExp) => new Set([...firstCells.matchAll(pattern)].map(([, name = '']) => name));

const css = stylesheet.content.replaceAll(/\/\*[\s\S]*?\*\//g, '');
const selectors = css.replaceAll(/\{[^{}]*\}/g, '{}');
const styled = new Set([...selectors.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = '']) => name));
const brand = { ...exampleContext.brand, logoUrl: '/brand/logo.svg' };
const support = { supportEmail: 'help@example.com', supportWebsiteUrl: 'https://example.com/help' };
const colors = { ...exampleContext.colors, isDarkModeEnabled: false };
const contexts = [exampleContext, { ...exampleContext, brand, support, colors }];
const pages = viewExamples.flatMap(({ render, model }) => contexts.map((context) => render(context, model as never)));
const classesOf = (html: string) =>
  [...html.matchAll(/ class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' '));
const shown = new Set(pages.flatMap(classesOf));

/** Inside of what is named, and no promise. */
const ours = [
  ...['above', 'actions', 'active', 'calling-code', 'cells', 'choice', 'country', 'countdown', 'danger', 'details'],
  ...['good', 'live', 'next', 'none', 'number', 'on', 'or', 'peek', 'phone', 'picker', 'picker-list', 'resend'],
  ...['search', 'secret', 'strike', 'tag', 'tick', 'unseen', 'value', 'wait', 'check', 'checking', 'widget'],
  ...['kept', 'copy'],
];

test('every class in the guide to custom CSS is on a page, and styled', () => {
  const named = namedIn(/\.([a-z][\w-]*)/g);
  expect(named.size).toBeGreaterThan(20);
  expect([...named].filter((name) => !shown.has(name))).toEqual([]);
  expect([...named].filter((name) => !styled.has(name))).toEqual([]);
});

test('every class of the pages is in the guide, or known to be no promise', () => {
  const named = namedIn(/\.([a-z][\w-]*)/g);
  const all = [...new Set([...shown, ...styled])].filter((name) => name !== '');
  expect(all.filter((name) => !named.has(name) && !ours.includes(name))).toEqual([]);
  expect(ours.filter((name) => named.has(name) || !all.includes(name))).toEqual([]);
});

test('every element and attribute in the guide is on a page', () => {
  for (const element of ['header', 'main', 'h1', 'header img']) {
    expect(firstCells).toContain(`\`${element}\``);
    expect(pages.some((html) => html.includes(`<${element.split(' ').at(-1)}`))).toBe(true);
  }
  expect(pages.some((html) => /<html [^>]*data-dark="off"/.test(html))).toBe(true);
});

test('every variable in the guide is there, and every one of ours is in it', () => {
  const named = namedIn(/(--[a-z][\w-]*)/g);
  // Those of a part of a page are no promise; those of the brand stand in the page.
  const roots = [...css.matchAll(/:root[^{]*\{([^{}]*)\}/g)].map(([, rules = '']) => rules).join('');
  const set = new Set([...`${roots}${pages.join('')}`.matchAll(/(--[a-z][\w-]*)\s*:/g)].map(([, name = '']) => name));
  expect(named.size).toBeGreaterThan(10);
  expect([...named].filter((name) => !set.has(name))).toEqual([]);
  expect([...set].filter((name) => !named.has(name))).toEqual([]);
});
