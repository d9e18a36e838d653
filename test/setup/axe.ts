import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// What passes is not asked for: to describe it takes longer than to look.
const look = "axe.run({ resultTypes: ['violations'] })";

/** What axe finds in a page, a line per rule, and whether something sticks out at the side. */
export async function axeProblemsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate(look)) as AxeResults;
  const isTooWide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  return [...found, ...(isTooWide ? ['The page is wider than the window.'] : [])];
}
