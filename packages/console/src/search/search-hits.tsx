import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { groupsOf, Hit } from './hits.ts';
import classes from './search.module.css';

type Props = {
  id: string;
  groups: ReturnType<typeof groupsOf>;
  active: Hit | undefined;
  idOf: (hit: Hit) => string | undefined;
  onOpen: (hit: Hit) => void;
};

/** What was found, by kind. The focus stays in the box above. */
export function SearchHits({ id, groups, active, idOf, onOpen }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const key = active?.key;
  useEffect(() => {
    if (key !== undefined) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [key]);
  return (
    <div id={id} ref={list} role="listbox" aria-label={t('shell.search.hits')} className={classes.hits}>
      {groups.map(({ kind, hits }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
        <div key={kind} role="group" aria-label={t(`shell.search.kind.${kind}`)}>
          <Text size="xs" fw={650} c="dimmed" className={classes.kind} aria-hidden>
            {t(`shell.search.kind.${kind}`)}
          </Text>
          {hits.map((hit) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the box, which keeps the focus
            <div
              key={hit.key}
              id={idOf(hit)}
              role="option"
              tabIndex={-1}
              aria-selected={hit.key === key}
              className={classes.hit}
              onClick={() => onOpen(hit)}
            >
              <span className={classes.title}>{hit.title}</span>
              {hit.text && <span className={classes.text}>{hit.text}</span>}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
