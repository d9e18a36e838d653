import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconSearch } from '../shell/icons.tsx';

/** How long a person has to pause before it is searched, in milliseconds. */
const pauseMs = 250;

/** A search field that searches by itself; follows the address when that changes. */
export function SearchBox({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(search);
  const searchSoon = useDebouncedCallback((next: string) => onSearch(next.trim()), pauseMs);
  useEffect(() => setText((current) => (current.trim() === search ? current : search)), [search]);
  return (
    <TextInput
      type="search"
      label={t('users.search.label')}
      placeholder={t('users.search.placeholder')}
      leftSection={<IconSearch size={16} />}
      maxLength={256}
      maw="28rem"
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        searchSoon(event.currentTarget.value);
      }}
    />
  );
}
