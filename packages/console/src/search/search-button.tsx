import { UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { lazy, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../shell/dialog.tsx';
import { IconSearch } from '../shell/icons.tsx';
import { BrokenPart, Part } from '../shell/part.tsx';
import classes from './search.module.css';

const SearchDialog = lazy(async () => ({ default: (await import('./search-dialog.tsx')).SearchDialog }));

/** Opens the search, as `/` and Ctrl+K do. */
export function SearchButton() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const open = () => setOpen(true);
  const close = useCallback(() => setOpen(false), []);
  // It has no place of its own on the page.
  const BrokenSearch = useCallback(
    (problem: { error: unknown }) => (
      <Dialog onClose={close} title={t('shell.search.open')}>
        <BrokenPart {...problem} />
      </Dialog>
    ),
    [close, t],
  );
  useHotkeys([['/', open]]);
  useHotkeys([['mod+K', open]], []);
  return (
    <>
      <UnstyledButton
        className={classes.button}
        aria-label={t('shell.search.openLong')}
        aria-keyshortcuts="/ Control+K"
        aria-haspopup="dialog"
        onClick={open}
      >
        <IconSearch size={18} />
        <span className={classes.label}>{t('shell.search.open')}</span>
        <kbd className={classes.key}>/</kbd>
      </UnstyledButton>
      {isOpen && (
        <Part broken={BrokenSearch}>
          <SearchDialog onClose={close} />
        </Part>
      )}
    </>
  );
}
