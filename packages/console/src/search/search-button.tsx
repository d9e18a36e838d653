import { UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconSearch } from '../shell/icons.tsx';
import classes from './search.module.css';

const SearchDialog = lazy(async () => ({ default: (await import('./search-dialog.tsx')).SearchDialog }));

/** Opens the search, as `/` and Ctrl+K do. */
export function SearchButton() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const open = () => setOpen(true);
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
        <Suspense>
          <SearchDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
