import { Alert, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ofChannel } from '../i18n/of-channel.ts';
import { countryName } from '../lists/countries.ts';
import { TimeText } from '../lists/time-text.tsx';
import { adviceFor, failureOf } from '../messages/failure.ts';
import { FailureWords } from '../messages/failure-words.tsx';
import { ProviderAnswer } from '../messages/provider-answer.tsx';
import { IconAlertTriangle } from '../shell/icons.tsx';
import { PageLink } from '../shell/links.tsx';
import { useConnectorNames } from '../shell/use-connector-names.ts';
import { type FailureReason, failuresQuery } from './overview-api.ts';

/** So many countries are named. */
const fewCountries = 5;

/** Why messages do not get through at the moment; nothing while they do. */
export default function FailingConnector() {
  const { data } = useQuery(failuresQuery);
  if (!data || data.reasons.length === 0) return null;
  return (
    <Stack gap="md">
      {data.reasons.map((reason) => (
        <Reason key={reason.id} reason={reason} isMore={data.isMore} />
      ))}
    </Stack>
  );
}

function Reason({ reason, isMore }: { reason: FailureReason; isMore: boolean }) {
  const { t, i18n } = useTranslation();
  const { nameOf } = useConnectorNames();
  const { channel, connectorId, connectorFactoryId, countries, messages, people, since } = reason;
  const advice = adviceFor(reason) ?? 'other';
  const failure = failureOf(reason);
  const number = new Intl.NumberFormat(i18n.language);
  const count = (key: 'messages' | 'people', value: number) =>
    t(`overview.failing.${key}`, { count: value, number: number.format(value) });
  const nameIn = (country: string | null) =>
    country === null ? t('lists.noCountry') : countryName(country, i18n.language);
  const more = countries.length - fewCountries;
  const named = [
    ...countries.slice(0, fewCountries).map(nameIn),
    ...(more > 0 ? [t('overview.failing.moreCountries', { count: more })] : []),
  ];
  const name = connectorFactoryId === null ? undefined : nameOf(connectorFactoryId);
  const what = t(`messages.advice.${advice}.title`, ofChannel(channel));
  const title = name === undefined ? what : t('lists.named', { name, value: what });
  return (
    <Alert role="alert" color="red" variant="outline" icon={<IconAlertTriangle />} title={title}>
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          {t(isMore ? 'overview.failing.atLeast' : 'overview.failing.extent', {
            messages: count('messages', messages),
            people: count('people', people),
          })}{' '}
          {t('overview.failing.since')} <TimeText at={since} />
        </Text>
        {countries.length > 0 && (
          <Text size="sm">
            {t('overview.failing.countries', { countries: new Intl.ListFormat(i18n.language).format(named) })}
          </Text>
        )}
        <FailureWords failure={failure} factoryId={connectorFactoryId} />
        <Text size="sm">{t(`messages.advice.${advice}.text`, ofChannel(channel))}</Text>
        <Group gap="md">
          {connectorId === null ? (
            <PageLink to="/connectors/choose" search={channel === 'Email' ? { channel } : {}} size="sm">
              {t('messages.advice.setUp')}
            </PageLink>
          ) : (
            <PageLink
              to="/connectors/$id"
              params={{ id: connectorId }}
              search={{ tab: advice === 'template' ? 'templates' : 'settings' }}
              size="sm"
            >
              {t('messages.advice.openConnector')}
            </PageLink>
          )}
          <PageLink to="/messages" search={{ failing: reason.id }} size="sm">
            {t('overview.failing.messagesLink')}
          </PageLink>
        </Group>
        <ProviderAnswer failure={failure} factoryId={connectorFactoryId} />
      </Stack>
    </Alert>
  );
}
