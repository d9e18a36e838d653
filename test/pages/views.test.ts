import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewExamples } from '../../packages/pages/src/views/view-examples.ts';
import { axeProblemsOf } from '../setup/axe.ts';
import { launchBrowser } from '../setup/browser.ts';
import { type Look, openView } from './view-rig.ts';

const looks: [string, Look][] = [
  ['light and wide', {}],
  [
    'dark, in Chinese, 320 pixels wide, without script',
    { colorScheme: 'dark', language: 'zh-CN', width: 320, hasScript: false },
  ],
];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each(looks)('%s', (_, look) => {
  test.each(viewExamples)('$name has no problem that axe finds, and fits', async (example) => {
    const { page, refusals, close } = await openView(browser, example, look);
    expect(await axeProblemsOf(page)).toEqual([]);
    expect(refusals).toEqual([]);
    await close();
  });
});
