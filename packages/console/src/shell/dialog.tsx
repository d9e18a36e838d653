import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';

let latest: Element | null = null;

/** What a dialog was opened from; of one that another leads to, what that was opened from. */
function openerNow(): Element | null {
  const isWithin = document.querySelector('[role="dialog"]') !== null;
  if (!isWithin) latest = document.activeElement;
  return latest;
}

/** A dialog that is there while it is drawn. Whoever opened it by keyboard is back where they were when it is gone. */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  const [opener] = useState(openerNow);
  useEffect(
    () => () => {
      // What the dialog was about may be gone, or the page that follows has taken the focus.
      requestAnimationFrame(() => {
        const { activeElement, body } = document;
        if (activeElement !== body) return;
        const back = opener instanceof HTMLElement && opener.isConnected ? opener : document.querySelector('main');
        back?.focus({ preventScroll: true });
      });
    },
    [opener],
  );
  return <Modal opened {...props} />;
}
