import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Nothing but what is wrong leaves the page: what passes is described at length. */
const look = `(async () => {
  const { violations } = await axe.run({ resultTypes: ['violations'] });
  const isTooWide = document.documentElement.scrollWidth > window.innerWidth;
  return [
    ...violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')),
    ...(isTooWide ? ['The page is wider than the window.'] : []),
  ];
})()`;

/** What axe finds in a page, a line per rule, and whether something sticks out at the side. */
export async function axeProblemsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  return page.evaluate(look);
}
