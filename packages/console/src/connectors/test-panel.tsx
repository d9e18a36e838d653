import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { parseEmail, parsePhone } from '@sesame/connector-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../api/api-error.ts';
import { sendTest } from '../api/connectors.ts';
import { usageName } from '../i18n/usage-text.ts';
import { IconSend } from '../shell/icons.tsx';
import type { Draft } from './draft.ts';
import { isTemplatesItem, readTemplates, templatesKey } from './templates/read-templates.ts';
import { groupByUsage } from './templates/templates.ts';
import { TestFailure, TestSuccess } from './test-outcome.tsx';
import type { DraftState } from './use-draft.ts';
import { useIsTold } from './use-is-told.ts';

const recipientId = 'test-recipient';

/** How recipients of a channel are asked for, and what the API calls them. */
const recipients = {
  Sms: {
    name: 'phone',
    type: 'tel',
    autoComplete: 'tel',
    placeholder: '+86 138 0013 8000',
    read: (typed: string) => parsePhone(typed)?.e164,
  },
  Email: {
    name: 'email',
    type: 'email',
    autoComplete: 'email',
    placeholder: 'you@example.com',
    read: (typed: string) => parseEmail(typed)?.address,
  },
} as const;

type Props = { factoryId: string; channel: string; state: DraftState };

/** Sends a real message with the configuration as it stands in the form, saved or not. */
export function TestPanel({ factoryId, channel, state }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { name, read, ...input } = recipients[channel === 'Email' ? 'Email' : 'Sms'];
  const [typed, setTyped] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [usageType, setUsageType] = useState('Generic');
  const [locale, setLocale] = useState('');
  const { key } = state.items.find(isTemplatesItem) ?? { key: templatesKey };
  const text = state.draft.texts[key] ?? '';
  const templates = useMemo(() => readTemplates(text, key) ?? [], [text, key]);
  const usageTypes = groupByUsage(templates).map((group) => group.usageType);
  const locales = [...new Set(templates.flatMap((template) => template.locale ?? []))];
  const chosenUsage = usageTypes.includes(usageType) ? usageType : 'Generic';

  const sending = useMutation({
    mutationFn: ({ to }: { to: string; draft: Draft }) =>
      sendTest(factoryId, {
        [name]: to,
        config: state.config(),
        usageType: chosenUsage,
        ...(locales.includes(locale) && { locale }),
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['messages'] }),
    onError: (error, { draft }) => void state.refuse(toApiError(error), draft),
  });
  const outcome = useRef<HTMLDivElement>(null);
  const { submittedAt, status } = sending;
  useEffect(() => {
    if (submittedAt > 0 && status !== 'pending') outcome.current?.scrollIntoView({ block: 'nearest' });
  }, [submittedAt, status]);
  const to = read(typed);
  const isFailureTold = useIsTold(sending.error, state.draft, to);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!state.check()) return;
    if (to !== undefined) return sending.mutate({ to, draft: state.draft });
    sending.reset();
    document.getElementById(recipientId)?.focus();
  };

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('connectors.test.lead')}
        </Text>
        <Group align="flex-start" gap="sm">
          <TextInput
            {...input}
            id={recipientId}
            label={t(`connectors.test.${name}`)}
            required
            flex="2 1 13rem"
            value={typed}
            error={isChecked && to === undefined && t('connectors.test.badRecipient', { context: channel })}
            onBlur={() => setChecked(typed !== '')}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Select
            label={t('connectors.test.usageType')}
            data={usageTypes.map((value) => ({ value, label: usageName(t, value) }))}
            value={chosenUsage}
            allowDeselect={false}
            flex="1 1 9rem"
            onChange={(value) => setUsageType(value ?? 'Generic')}
          />
          {locales.length > 0 && (
            <Select
              label={t('connectors.test.locale')}
              data={[{ value: '', label: t('connectors.templates.anyLanguage') }, ...locales]}
              value={locales.includes(locale) ? locale : ''}
              allowDeselect={false}
              flex="1 1 9rem"
              onChange={(value) => setLocale(value ?? '')}
            />
          )}
        </Group>
        <Group>
          <Button type="submit" variant="light" loading={sending.isPending} leftSection={<IconSend size={16} />}>
            {t('connectors.test.send')}
          </Button>
        </Group>
        <div ref={outcome}>
          <div role="status">
            {sending.isSuccess && <TestSuccess to={sending.variables.to} result={sending.data} />}
          </div>
          {isFailureTold && <TestFailure factoryId={factoryId} channel={channel} error={toApiError(sending.error)} />}
        </div>
      </Stack>
    </form>
  );
}
