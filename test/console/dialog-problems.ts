import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { problemsOf } from './section-rig.ts';

/** What axe finds in the open dialog, a line per rule, and whether the page sticks out at the side. */
export async function dialogProblems(page: Page): Promise<string[]> {
  const ofPage = await problemsOf(page);
  const { violations } = (await page.evaluate('axe.run("[role=dialog]")')) as AxeResults;
  return [...ofPage, ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)];
}
