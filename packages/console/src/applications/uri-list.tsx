import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { useId, useRef } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { IconPlus, IconX } from '../shell/icons.tsx';
import classes from './uri-list.module.css';

type Props = {
  label: string;
  description: string;
  uris: readonly string[];
  placeholder: string;
  /** Whether one there has to be: the last one is emptied in place of removed. */
  isNeeded?: boolean;
  /** What is wrong with the URI at this place. */
  problemOf: (index: number) => string | undefined;
  onChange: (uris: string[]) => void;
};

/** A list of URIs, each in a field of its own. */
export function UriList({
  label,
  description,
  uris: given,
  placeholder,
  isNeeded = false,
  problemOf,
  onChange,
}: Props) {
  const { t } = useTranslation();
  const uris = isNeeded && given.length === 0 ? [''] : given;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const add = () => {
    // The field is there once it is drawn.
    flushSync(() => onChange([...uris, '']));
    list.current?.querySelector<HTMLElement>('[data-last] input')?.focus();
  };
  return (
    <fieldset className={classes.list} aria-describedby={`${id}-help`}>
      <Input.Label component="legend">{label}</Input.Label>
      <Input.Description id={`${id}-help`} mb="xs">
        {description}
      </Input.Description>
      <Stack gap="xs" ref={list}>
        {uris.map((uri, index) => (
          <Group
            // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place, and holds no state of its own
            key={index}
            gap="xs"
            align="flex-start"
            wrap="nowrap"
            data-last={index === uris.length - 1 || undefined}
          >
            <TextInput
              flex={1}
              type="url"
              aria-label={`${label} ${index + 1}`}
              placeholder={placeholder}
              autoComplete="off"
              spellCheck={false}
              value={uri}
              error={problemOf(index)}
              onChange={(event) => onChange(uris.with(index, event.currentTarget.value))}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('applications.uris.remove', { label: `${label} ${index + 1}` })}
              onClick={() => onChange(uris.toSpliced(index, 1))}
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        ))}
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} />}
            aria-label={`${t('applications.uris.add')}: ${label}`}
            onClick={add}
          >
            {t('applications.uris.add')}
          </Button>
        </div>
      </Stack>
    </fieldset>
  );
}
