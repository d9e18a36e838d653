import type { Page } from 'playwright-core';

/** What is wrong for whoever gets about by the Tab key alone, by the words of what it is about. */
export type TabKeyProblems = {
  /** What can be used and is never come by. */
  missed: string[];
  /** What has the focus behind something else, or outside of the window. */
  covered: string[];
  /** What looks the same with the focus and without. */
  unmarked: string[];
};

/** What the page keeps of a walk. */
type Walk = {
  step: () => boolean;
  hasChanged: () => boolean;
  beganElsewhere: () => boolean;
  end: () => TabKeyProblems;
};
declare const window: { walk: Walk };

const mostPresses = 400;
/** A page may move the focus once, after it has loaded; where a walk never begins at the top, that is a fault. */
const mostFalseStarts = 3;

/**
 * Presses Tab from the top of a page, or from where the focus is in a dialog, until everything has had its turn; anew where
 * something came or went meanwhile, for example because an answer arrived, or the page moved the focus at the beginning.
 */
export async function walkByTab(page: Page): Promise<TabKeyProblems> {
  let falseStarts = 0;
  const isDisturbed = async () =>
    (await page.evaluate(() => window.walk.hasChanged())) ||
    ((await page.evaluate(() => window.walk.beganElsewhere())) && ++falseStarts <= mostFalseStarts);
  do {
    await page.evaluate(beginWalk);
    let isOver = false;
    for (let pressed = 0; !isOver && pressed < mostPresses; pressed += 1) {
      await page.keyboard.press('Tab');
      isOver = await page.evaluate(() => window.walk.step());
    }
  } while (await isDisturbed());
  return page.evaluate(() => window.walk.end());
}

/** Runs in the page. */
function beginWalk(): void {
  const usable = 'a[href], button, input, select, textarea, summary, iframe, [tabindex="0"], [contenteditable="true"]';

  /** Of radio buttons with one name, one stands for all. */
  const standIn = (element: HTMLElement) =>
    element instanceof HTMLInputElement && element.type === 'radio'
      ? (document.querySelector<HTMLElement>(`input[type=radio][name="${CSS.escape(element.name)}"]`) ?? element)
      : element;
  const isUsable = (element: HTMLElement) =>
    element.tabIndex >= 0 &&
    !element.matches(':disabled') &&
    !element.closest('[inert]') &&
    element.checkVisibility({ visibilityProperty: true });
  const allUsable = () => {
    const dialog = [...document.querySelectorAll('[role=dialog]')].at(-1);
    const elements = [...(dialog ?? document).querySelectorAll<HTMLElement>(usable)].filter(isUsable);
    return [...new Set(elements.map(standIn))];
  };

  /** What one sees of it: of a field that is drawn by something else, that. */
  const drawn = (element: HTMLElement) =>
    element.offsetWidth < 8 || getComputedStyle(element).opacity === '0'
      ? (element.closest('label') ?? element.parentElement ?? element)
      : element;
  const around = (element: Element | null, up: number): Element[] =>
    element === null || up < 0 ? [] : [element, ...around(element.parentElement, up - 1)];
  const looksOf = (element: HTMLElement) =>
    [...around(element, 4), ...(drawn(element).parentElement?.querySelectorAll('*') ?? [])]
      .map((part) => getComputedStyle(part))
      .map(({ outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor }) =>
        [outlineStyle === 'none' ? '0px' : outlineWidth, boxShadow, borderColor, backgroundColor].join(),
      )
      .join(';');
  const isCovered = (element: HTMLElement) => {
    const { left, top, width, height } = drawn(element).getBoundingClientRect();
    const hit = document.elementFromPoint(left + Math.min(width / 2, 40), top + Math.min(height / 2, 20));
    return !hit || !(drawn(element).contains(hit) || hit.contains(drawn(element)));
  };
  const wordsOf = (element: HTMLElement) =>
    (element.getAttribute('aria-label') || element.innerText || element.outerHTML).trim().slice(0, 80);
  const endFading = () => {
    for (const fading of document.getAnimations()) {
      if (fading.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) fading.finish();
    }
  };

  if (!document.querySelector('[role=dialog]')) {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  }
  endFading();
  const { activeElement } = document;
  const usableBefore = allUsable();
  const before = new Map(usableBefore.flatMap((one) => (one === activeElement ? [] : [[one, looksOf(one)]])));
  const [seen, covered, unmarked] = [new Set<HTMLElement>(), [] as string[], [] as string[]];
  window.walk = {
    step() {
      const element = document.activeElement as HTMLElement;
      if (element === document.body) return seen.size > 0;
      if (seen.has(standIn(element))) return true;
      seen.add(standIn(element));
      endFading();
      if (isCovered(element)) covered.push(wordsOf(element));
      if (before.get(element) === looksOf(element)) unmarked.push(wordsOf(element));
      return false;
    },
    hasChanged: () => {
      const now = allUsable();
      return now.length !== usableBefore.length || now.some((element, place) => element !== usableBefore[place]);
    },
    beganElsewhere: () => !document.querySelector('[role=dialog]') && [...seen][0] !== usableBefore[0],
    end: () => ({
      missed: allUsable()
        .filter((element) => !seen.has(element))
        .map(wordsOf),
      covered,
      unmarked,
    }),
  };
}
