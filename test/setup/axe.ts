import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/**
 * Nothing but what is wrong leaves the page: what passes is described at length. Half-faded colours have no contrast, so
 * axe waits until what is loaded is there and has faded in. It reads the page over several tasks: where the page changed
 * meanwhile, for example because an answer arrived, what it found is of no state that there was, and it looks anew.
 */
const look = `(async () => {
  const fadings = () => document.getAnimations().filter(({ playState }) => playState === 'running');
  const isLoading = () => document.querySelector('[aria-busy="true"], [data-loading="true"]') !== null;
  const frame = () => new Promise(requestAnimationFrame);
  const changes = new MutationObserver(() => {});
  changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  for (;;) {
    while (isLoading() || fadings().length > 0) {
      await Promise.allSettled(fadings().map(({ finished }) => finished));
      await frame();
    }
    changes.takeRecords();
    const { violations } = await axe.run({ resultTypes: ['violations'], preload: false });
    if (changes.takeRecords().length > 0) continue;
    const isTooWide = document.documentElement.scrollWidth > window.innerWidth;
    return [
      ...violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')),
      ...(isTooWide ? ['The page is wider than the window.'] : []),
    ];
  }
})()`;

/** What axe finds in a page, a line per rule, and whether something sticks out at the side. */
export async function axeProblemsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  return page.evaluate(look);
}
