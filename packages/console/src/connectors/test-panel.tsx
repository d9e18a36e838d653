import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { parsePhone } from '@sesame/connector-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../api/api-error.ts';
import { sendTest } from '../api/connectors.ts';
import { usageName } from '../i18n/usage-text.ts';
import { IconSend } from '../shell/icons.tsx';
import type { Draft } from './draft.ts';
import { groupByUsage, readTemplates, templatesKey } from './templates/templates.ts';
import classes from './test-outcome.module.css';
import { TestFailure, TestSuccess } from './test-outcome.tsx';
import type { DraftState } from './use-draft.ts';

const phoneId = 'test-phone';

/** Sends a real message with the configuration as it stands in the form, saved or not. */
export function TestPanel({ factoryId, state }: { factoryId: string; state: DraftState }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [phone, setPhone] = useState('');
  const [isPhoneChecked, setPhoneChecked] = useState(false);
  const [usageType, setUsageType] = useState('Generic');
  const [locale, setLocale] = useState('');
  const text = state.draft.texts[templatesKey] ?? '';
  const templates = useMemo(() => readTemplates(text) ?? [], [text]);
  const usageTypes = groupByUsage(templates).map((group) => group.usageType);
  const locales = [...new Set(templates.flatMap((template) => template.locale ?? []))];
  const chosenUsage = usageTypes.includes(usageType) ? usageType : 'Generic';

  const sending = useMutation({
    mutationFn: ({ to }: { to: string; draft: Draft }) =>
      sendTest(factoryId, {
        phone: to,
        config: state.config(),
        usageType: chosenUsage,
        ...(locales.includes(locale) && { locale }),
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['messages'] }),
    onError: (error) => void state.refuse(toApiError(error)),
  });
  const outcome = useRef<HTMLDivElement>(null);
  const { submittedAt, status } = sending;
  useEffect(() => {
    if (submittedAt > 0 && status !== 'pending') outcome.current?.scrollIntoView({ block: 'nearest' });
  }, [submittedAt, status]);
  const parsed = parsePhone(phone);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setPhoneChecked(true);
    if (!state.check()) return;
    if (parsed) sending.mutate({ to: parsed.e164, draft: state.draft });
    else document.getElementById(phoneId)?.focus();
  };

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('connectors.test.lead')}
        </Text>
        <Group align="flex-start" gap="sm">
          <TextInput
            id={phoneId}
            type="tel"
            label={t('connectors.test.phone')}
            placeholder="+86 138 0013 8000"
            autoComplete="tel"
            required
            flex="2 1 13rem"
            value={phone}
            error={isPhoneChecked && !parsed && t('connectors.test.badPhone')}
            onBlur={() => setPhoneChecked(phone !== '')}
            onChange={(event) => setPhone(event.currentTarget.value)}
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
        <div ref={outcome} className={classes.outcome}>
          <div role="status">
            {sending.isSuccess && <TestSuccess to={sending.variables.to} result={sending.data} />}
          </div>
          {sending.isError && sending.variables.draft === state.draft && (
            <TestFailure factoryId={factoryId} error={toApiError(sending.error)} />
          )}
        </div>
      </Stack>
    </form>
  );
}
