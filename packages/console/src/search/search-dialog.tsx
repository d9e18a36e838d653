import { Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usageName } from '../i18n/usage-text.ts';
import { useMay } from '../session/role.tsx';
import { Dialog } from '../shell/dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { formatTime } from '../shell/format-time.ts';
import { IconSearch } from '../shell/icons.tsx';
import { groupsOf, type Hit } from './hits.ts';
import { mayBeMasked } from './masked.ts';
import classes from './search.module.css';
import { searchAllQuery } from './search-api.ts';
import { SearchHits } from './search-hits.tsx';

/** How long a person has to pause before it is searched, in milliseconds. */
const pauseMs = 200;

/** One box for users, messages and applications: arrows choose, Enter opens. */
export function SearchDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const listId = useId();
  const seesNumbers = useMay('operator');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const [paused] = useDebouncedValue(typed.trim(), pauseMs);
  const { data, error, isFetching } = useQuery(searchAllQuery(paused));
  const words = {
    timeOf: (at: number) => formatTime(at, i18n.language),
    usageOf: (usageType: string) => usageName(t, usageType),
  };
  const groups = data && paused !== '' ? groupsOf(data, words) : [];
  const hits = groups.flatMap((group) => group.hits);
  const active = hits[Math.min(chosen, hits.length - 1)];
  const isSettled = paused === typed.trim() && !isFetching;

  function open(hit: Hit): void {
    onClose();
    void navigate({ to: hit.path });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || hits.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = (Math.min(chosen, hits.length - 1) + step + hits.length) % hits.length;
      setChosen(next);
    }
    // What is shown may still be of what was typed before.
    if (event.key === 'Enter' && active && isSettled) {
      event.preventDefault();
      open(active);
    }
  }

  const idOf = (hit: Hit | undefined) => hit && `${listId} ${hit.key}`.replace(/\s/g, '-');
  return (
    <Dialog onClose={onClose} title={t('shell.search.openLong')} size="lg" yOffset="8vh">
      <TextInput
        type="search"
        role="combobox"
        aria-label={t('shell.search.label')}
        aria-expanded={hits.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={idOf(active)}
        placeholder={t('shell.search.placeholder')}
        leftSection={<IconSearch size={16} />}
        autoComplete="off"
        spellCheck={false}
        maxLength={128}
        data-autofocus
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <Text size="sm" c="dimmed" role="status" mt="sm" className={classes.status}>
        {paused === '' || error
          ? t(seesNumbers ? 'shell.search.help' : 'shell.search.helpMasked')
          : isSettled && t(data?.mayBeMore ? 'shell.search.newest' : 'shell.search.found', { count: hits.length })}
        {isSettled && paused !== '' && !error && !seesNumbers && mayBeMasked(paused) && ` ${t('shell.search.masked')}`}
      </Text>
      {error && <ErrorNotice error={error} />}
      <SearchHits id={listId} groups={groups} active={active} idOf={idOf} onOpen={open} />
    </Dialog>
  );
}
