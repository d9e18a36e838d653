import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';

let latest: Element | null = null;

/** What a dialog was opened from; and where that was another dialog, which may be gone by then, what opened that. */
function openersNow(): (Element | null)[] {
  const { activeElement } = document;
  const isWithin = document.querySelector('[role="dialog"]') !== null;
  if (!isWithin) latest = activeElement;
  return [activeElement, latest];
}

/** A dialog that is there while it is drawn. Whoever opened it is back where they were when it is gone. */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  // Before the dialog is there: the focus may have moved into it by the time that an effect runs.
  const [openers] = useState(openersNow);
  useEffect(
    () => () => {
      // What the dialog was about may be gone, or the page that follows has taken the focus.
      requestAnimationFrame(() => {
        const { activeElement, body } = document;
        if (activeElement !== body) return;
        const back = openers.find((opener) => opener?.isConnected && opener !== body) ?? document.querySelector('main');
        if (back instanceof HTMLElement) back.focus({ preventScroll: true });
      });
    },
    [openers],
  );
  return <Modal opened {...props} />;
}
