/**
 * Keeps the focus of who works by keyboard. A button that cannot be used while it is at work, or that is gone once its work
 * is done, loses the focus to the page as a whole, and the next Tab begins at the top: it gets the focus back as soon as it
 * can be used again, and what it stood in gets it when the button is gone.
 * @returns ends it
 */
export function keepFocus(): () => void {
  let used: HTMLElement | undefined;
  let around: HTMLElement[] = [];
  const remember = ({ target }: Event) => {
    if (!(target instanceof HTMLElement) || target === document.body) return;
    used = target;
    around = ancestorsOf(target);
  };
  // Whoever points at what takes no focus wants it nowhere.
  const forget = () => {
    used = undefined;
  };
  const giveBack = () => {
    if (!used || document.activeElement !== document.body) return;
    if (used.isConnected) used.focus({ preventScroll: true });
    else focusOn(placeIn(around));
  };
  // What takes the place of what is gone may take the focus itself.
  const soon = () => requestAnimationFrame(giveBack);
  const watch = new MutationObserver(() => {
    if (used && document.activeElement === document.body) soon();
  });
  watch.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
  document.addEventListener('focusin', remember);
  document.addEventListener('pointerdown', forget);
  return () => {
    watch.disconnect();
    document.removeEventListener('focusin', remember);
    document.removeEventListener('pointerdown', forget);
  };
}

/** What an element stands in, the closest first, up to what is directly below the body. */
function ancestorsOf(element: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) found.push(each);
  return found;
}

/** The closest that is still there; nothing for what went with its dialog, which gives the focus back by itself. */
function placeIn(around: readonly HTMLElement[]): HTMLElement | undefined {
  const place = around.find((each) => each.isConnected);
  const isDialogGone = place?.closest('[data-portal]') && !place.closest('[role="dialog"]');
  return isDialogGone ? undefined : place;
}

function focusOn(element: HTMLElement | undefined): void {
  if (!element) return;
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
