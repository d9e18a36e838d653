import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconCheck, IconCopy } from '../shell/icons.tsx';

const shownMs = 2000;

/** Puts a text on the clipboard and says so; `label` names the text for those who cannot see what stands beside. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-label={label}
        leftSection={isCopied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        onClick={async () => setCopied(await copy(text))}
      >
        {isCopied ? t('shell.copied') : t('shell.copy')}
      </Button>
      <span role="status" style={{ position: 'absolute', clipPath: 'inset(50%)' }}>
        {isCopied && t('shell.copied')}
      </span>
    </>
  );
}

/** The clipboard is there for https and localhost only; elsewhere the way of old has to do. */
async function copy(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const { activeElement } = document;
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (activeElement instanceof HTMLElement) activeElement.focus();
  return isCopied;
}
