import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';

/** A dialog that is there while it is drawn. Whoever opened it by keyboard is back where they were when it is gone. */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // What the dialog was about may be gone, or the page that follows has taken the focus.
      requestAnimationFrame(() => {
        const { activeElement, body } = document;
        if (activeElement === body && opener instanceof HTMLElement) opener.focus({ preventScroll: true });
      });
    },
    [opener],
  );
  return <Modal opened {...props} />;
}
