import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ViewExample } from '../../packages/pages/src/views/examples/example.ts';
import { viewExamples } from '../../packages/pages/src/views/view-examples.ts';
import { axeProblemsOf } from '../setup/axe.ts';
import { closeWindows, sharedBrowser } from '../setup/browser.ts';
import { walkByTab } from '../setup/tab-key.ts';
import { type Gallery, type Look, openGallery } from './view-rig.ts';

const looks: [string, Look][] = [
  ['light and wide', {}],
  [
    'dark, in Chinese, 320 pixels wide, without script',
    { colorScheme: 'dark', language: 'zh-CN', width: 320, hasScript: false },
  ],
];

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(closeWindows);

describe.each(looks)('%s', (_, look) => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery(browser, look);
    await gallery.show(viewExamples[0] as ViewExample);
  });
  afterAll(() => gallery.close());

  test.each(viewExamples)('$name has no problem that axe finds, and fits', async (example) => {
    await gallery.replace(example);
    expect(await axeProblemsOf(gallery.page)).toEqual([]);
    expect(gallery.refusals.splice(0)).toEqual([]);
  });

  test.each(viewExamples)(
    '$name shows whoever has no mouse where they are, and leaves out nothing',
    async (example) => {
      await gallery.replace(example);
      expect(await walkByTab(gallery.page)).toEqual({ missed: [], covered: [], unmarked: [] });
    },
  );
});
