import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ViewExample, viewExamples } from '../../packages/pages/src/views/view-examples.ts';
import { axeProblemsOf } from '../setup/axe.ts';
import { closeWindows, sharedBrowser } from '../setup/browser.ts';
import { type Gallery, type Look, openGallery } from './view-rig.ts';

const looks: [string, Look][] = [
  ['light and wide', {}],
  [
    'dark, in Chinese, 320 pixels wide, without script',
    { colorScheme: 'dark', language: 'zh-CN', width: 320, hasScript: false },
  ],
];

const isFirstOfItsPage = ({ name, render }: ViewExample) =>
  viewExamples.find((other) => other.render === render)?.name === name;

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(closeWindows);

describe.each(looks)('%s', (_, look) => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery(browser, look);
  });
  afterAll(() => gallery.close());

  test.each(viewExamples)('$name has no problem that axe finds, and fits', async (example) => {
    await gallery.show(example);
    const isTooWide = 'document.documentElement.scrollWidth > window.innerWidth';
    expect(await gallery.page.evaluate(isTooWide)).toBe(false);
    // Colours are of what a page consists of, which is the same in every example of it.
    if (look.hasScript !== false || isFirstOfItsPage(example)) {
      expect(await axeProblemsOf(gallery.page)).toEqual([]);
    }
    expect(gallery.refusals.splice(0)).toEqual([]);
  });
});
