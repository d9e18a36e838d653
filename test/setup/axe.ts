import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/**
 * What lies behind a dialog was looked at without it, and what a frame shows is a page of its own: without them, a look
 * costs half. Names that are given twice are looked for everywhere. Nothing but what is wrong leaves the page.
 *
 * Half-faded colours have no contrast: axe waits until all is loaded and has faded in. Where the page changes while axe
 * reads it, what it finds is of no state that there was, and it looks anew; what it finds twice in a row is there. A page
 * that does not come to rest fails sooner than the test as a whole, and says what moves.
 */
const look = `(async () => {
  const fadings = () => document.getAnimations().filter(({ playState }) => playState === 'running');
  const isLoading = () => document.querySelector('[aria-busy="true"], [data-loading="true"]') !== null;
  const frame = () => new Promise(requestAnimationFrame);
  const changes = new MutationObserver(() => {});
  changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const began = performance.now();
  const patience = (found) => {
    if (performance.now() - began < 100_000) return;
    const moving = fadings().map(({ effect }) => effect.target.outerHTML.slice(0, 200));
    throw new Error(['The page does not come to rest.', found, ...moving].join(' '));
  };
  for (let before;;) {
    while (isLoading() || fadings().length > 0) {
      patience(before);
      await frame();
    }
    patience(before);
    changes.takeRecords();
    const dialogs = [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')];
    const { violations } = await axe.run(dialogs.length > 0 ? { include: dialogs } : document, {
      resultTypes: ['violations'],
      preload: false,
      iframes: false,
    });
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    const isTooWide = document.documentElement.scrollWidth > window.innerWidth;
    const found = [
      ...violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')),
      ...new Set(ids.filter((id, place) => ids.indexOf(id) < place).map((id) => 'The id ' + id + ' is there twice.')),
      ...(isTooWide ? ['The page is wider than the window.'] : []),
    ];
    if (changes.takeRecords().length === 0 || found.join() === before) return found;
    before = found.join();
  }
})()`;

/** What axe finds in a page, a line per rule, and whether something sticks out at the side. */
export async function axeProblemsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  return page.evaluate(look);
}
