import { ActionIcon, Button, Input, Stack, TextInput } from '@mantine/core';
import { useId, useRef } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { FieldsOf } from '../forms/use-form.ts';
import { IconPlus, IconX } from '../shell/icons.tsx';
import type { WebhookFields } from './webhook-fields.ts';
import classes from './webhooks.module.css';

const examples = { name: 'authorization', value: 'Bearer …' };

/** Headers that requests carry, each with its name and its value. */
export function HeaderInputs({ form: { values, change, problemOf } }: { form: FieldsOf<WebhookFields> }) {
  const { t } = useTranslation();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const { headers } = values;
  const problem = problemOf('headers');
  const add = () => {
    // The field is there once it is drawn.
    flushSync(() => change('headers', [...headers, { name: '', value: '' }]));
    list.current?.querySelector<HTMLElement>('[data-last] input')?.focus();
  };
  return (
    <fieldset className={classes.plain} aria-describedby={`${id}-help`}>
      <Input.Label component="legend">{t('webhooks.fields.headers')}</Input.Label>
      <Input.Description id={`${id}-help`} mb="xs">
        {t('webhooks.help.headers')}
      </Input.Description>
      <Stack gap="xs" ref={list}>
        {headers.map((header, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place, and holds no state of its own
            key={index}
            className={classes.headers}
            data-last={index === headers.length - 1 || undefined}
          >
            {(['name', 'value'] as const).map((part) => (
              <TextInput
                key={part}
                aria-label={t(`webhooks.headers.${part}`, { number: index + 1 })}
                placeholder={examples[part]}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                value={header[part]}
                {...(problem && { error: true })}
                onChange={({ currentTarget: { value } }) =>
                  change('headers', headers.with(index, { ...header, [part]: value }))
                }
              />
            ))}
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('webhooks.headers.remove', { number: index + 1 })}
              onClick={() => change('headers', headers.toSpliced(index, 1))}
            >
              <IconX size={16} />
            </ActionIcon>
          </div>
        ))}
        {problem && <Input.Error role="alert">{problem}</Input.Error>}
        <div>
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={add}>
            {t('webhooks.headers.add')}
          </Button>
        </div>
      </Stack>
    </fieldset>
  );
}
