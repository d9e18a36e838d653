import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ApiError, issuesOf } from '../api/api-error.ts';
import type { TestResult } from '../api/connectors.ts';
import { ofChannel } from '../i18n/of-channel.ts';
import { FailureWords } from '../messages/failure-words.tsx';
import { waitInWords } from '../shell/duration.ts';
import { errorText } from '../shell/error-text.ts';
import { IconAlertTriangle, IconCheck } from '../shell/icons.tsx';
import { LinkedText } from '../shell/linked-text.tsx';
import { channelWords } from './channel-rows.ts';
import classes from './test-outcome.module.css';

/** What was sent, as the provider took it. */
export function TestSuccess({ to, result }: { to: string; result: TestResult }) {
  const { t, i18n } = useTranslation();
  const { text, headers, segments, providerMessageId, latencyMs } = result;
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <Alert variant="outline" color="green" icon={<IconCheck />} title={t('connectors.test.sent', { to })}>
      <dl className={classes.facts}>
        <dt>{t('connectors.test.text')}</dt>
        <dd className={classes.text}>{text ?? t('connectors.templates.atProvider')}</dd>
        {headers !== null && (
          <>
            <dt>{t('connectors.test.headers')}</dt>
            <dd>
              <code className={classes.text}>{headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}</code>
            </dd>
          </>
        )}
        {segments !== null && (
          <>
            <dt>{t('connectors.test.parts')}</dt>
            <dd>{number.format(segments)}</dd>
          </>
        )}
        {providerMessageId !== null && (
          <>
            <dt>{t('connectors.test.providerId')}</dt>
            <dd>
              <code>{providerMessageId}</code>
            </dd>
          </>
        )}
        <dt>{t('connectors.test.took')}</dt>
        <dd>{t('connectors.test.milliseconds', { time: number.format(latencyMs) })}</dd>
      </dl>
    </Alert>
  );
}

const kinds = ['recipient', 'limit', 'configuration', 'unclear'] as const;

/** Why nothing was sent: what to do about it, and the provider's own code and words. */
export function TestFailure({ error, factoryId, channel }: { error: ApiError; factoryId: string; channel: string }) {
  const { t, i18n } = useTranslation();
  const { kind, message, providerCode, providerMessage, retryAfterSeconds } = error.data;
  const known = error.data.isUnsent === true ? 'unsent' : kinds.find((each) => each === kind);
  const isOfForm = issuesOf(error).length > 0;
  const words = {
    message: String(message ?? ''),
    providerCode: providerCode === undefined ? undefined : String(providerCode),
  };
  const title = known ? t(`connectors.test.failed.${known}`, channelWords(t, channel)) : t('connectors.test.notSent');
  return (
    <Alert role="alert" variant="outline" color="red" icon={<IconAlertTriangle />} title={title}>
      <dl className={classes.facts}>
        {(providerCode !== undefined || providerMessage !== undefined) && (
          <>
            <dt>{t('connectors.test.provider')}</dt>
            <dd>
              {providerCode !== undefined && <code>{String(providerCode)}</code>}{' '}
              {providerMessage !== undefined && (
                <q>
                  <LinkedText text={String(providerMessage)} />
                </q>
              )}
            </dd>
          </>
        )}
        <dt>{t('connectors.test.whatToDo')}</dt>
        <dd>
          {isOfForm && <Text size="sm">{t('connectors.test.fixFields')}</Text>}
          {typeof message === 'string' && !isOfForm && <FailureWords failure={words} factoryId={factoryId} />}
          {known && !isOfForm && (
            <Text size="sm">
              {t(`connectors.test.advice.${known}`, { ...channelWords(t, channel), ...ofChannel(channel) })}
            </Text>
          )}
          {!known && !isOfForm && <Text size="sm">{errorText(t, error, i18n.language)}</Text>}
          {typeof retryAfterSeconds === 'number' && (
            <Text size="sm">
              {t('connectors.test.retryIn', { wait: waitInWords(retryAfterSeconds, i18n.language) })}
            </Text>
          )}
        </dd>
      </dl>
    </Alert>
  );
}
