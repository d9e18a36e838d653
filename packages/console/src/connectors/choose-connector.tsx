import { Button, Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Factory, factoriesQuery, liveConnectorQuery, setUpConnectorsQuery } from '../api/connectors.ts';
import { useConnectorText } from '../i18n/use-connector-text.ts';
import { Dialog } from '../shell/dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { IconSearch } from '../shell/icons.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { channelWords, readChannel } from './channel-rows.ts';
import classes from './choose-connector.module.css';
import { ConnectorLogo } from './connector-logo.tsx';
import { FeedbackLink } from './feedback-link.tsx';
import { OriginText, packageText } from './origin-text.tsx';

const chooseRoute = getRouteApi('/signed-in/frame/connectors/choose');

/** The dialog behind **Set up**. */
export function ChooseFirstConnector() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { channel = 'Sms' } = chooseRoute.useSearch();
  const { data: live } = useQuery(liveConnectorQuery(channel));
  return (
    <Chooser
      channel={channel}
      title={t('connectors.choose.title', channelWords(t, channel))}
      leaveOut={live?.connectorId}
      onClose={() => void navigate({ to: '/connectors' })}
    />
  );
}

const connectorRoute = getRouteApi('/signed-in/frame/connectors/$id');

/** The dialog behind **Change connector**. */
export function ChooseOtherConnector() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = connectorRoute.useParams();
  const { data: all } = useQuery(setUpConnectorsQuery);
  const { type: channel = 'Sms' } = all?.find((one) => one.id === id) ?? {};
  const { data: live } = useQuery(liveConnectorQuery(channel));
  const name = useConnectorText();
  return (
    <Chooser
      channel={channel}
      title={t('connectors.change.title')}
      lead={live ? t('connectors.change.lead', name(live)) : undefined}
      leaveOut={live?.connectorId}
      onClose={() => void navigate({ to: '/connectors/$id', params: { id } })}
    />
  );
}

type Props = {
  channel: string;
  title: string;
  lead?: string | undefined;
  leaveOut: string | undefined;
  onClose: () => void;
};

function Chooser({ channel, title, lead, leaveOut, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string>();
  const { data: factories, error, refetch } = useQuery(factoriesQuery);
  const textOf = useConnectorText();
  const matches = (factory: Factory) => {
    const { name, description } = textOf(factory);
    const text = [name, description, factory.name.en, factory.id].join(' ').toLowerCase();
    return search
      .normalize('NFKC')
      .replace(/\p{Cf}/gu, '')
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word));
  };
  const offered = factories?.filter(
    (factory) => factory.type === channel && factory.id !== leaveOut && matches(factory),
  );
  const isOffered = offered?.some(({ id }) => id === chosen) ?? false;
  const next = (event: FormEvent) => {
    event.preventDefault();
    if (isOffered && chosen) void navigate({ to: '/connectors/set-up/$factoryId', params: { factoryId: chosen } });
  };
  return (
    <Dialog onClose={onClose} title={title} size="xl">
      <form onSubmit={next}>
        {lead && (
          <Text size="sm" mb="md">
            {lead}
          </Text>
        )}
        <TextInput
          type="search"
          data-autofocus
          aria-label={t('connectors.choose.search')}
          placeholder={t('connectors.choose.search')}
          leftSection={<IconSearch size={16} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          mb="md"
        />
        {error && !factories && <ErrorNotice error={error} onRetry={refetch} />}
        {!error && !factories && <PageSkeleton rows={2} />}
        {offered && (
          <fieldset className={classes.cards}>
            <legend className={classes.legend}>{title}</legend>
            {offered.map((factory) => (
              <FactoryCard
                key={factory.id}
                factory={factory}
                isChosen={factory.id === chosen}
                onChoose={() => setChosen(factory.id)}
              />
            ))}
          </fieldset>
        )}
        <Text size="sm" role="status" c="dimmed">
          {offered?.length === 0 && t('connectors.choose.nothing')}
        </Text>
        <Group justify="space-between" wrap="nowrap" mt="md" className={classes.foot}>
          <Group gap="xs" flex={1}>
            <PageLink to="/connectors/create-your-own" search={readChannel({ channel })} size="sm">
              {t('connectors.choose.createOwn')}
            </PageLink>
            <FeedbackLink />
          </Group>
          <Button type="submit" disabled={!isOffered}>
            {t('connectors.choose.next')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

type CardProps = { factory: Factory; isChosen: boolean; onChoose: () => void };

function FactoryCard({ factory, isChosen, onChoose }: CardProps) {
  const { name, description } = useConnectorText()(factory);
  return (
    <label className={classes.card}>
      <input
        type="radio"
        name="connector"
        className={classes.radio}
        checked={isChosen}
        onChange={onChoose}
        aria-labelledby={`factory-${factory.id}`}
        aria-describedby={`factory-${factory.id}-about`}
      />
      <ConnectorLogo of={factory} />
      <span>
        <span className={classes.name}>
          <strong id={`factory-${factory.id}`}>{name}</strong>
          <OriginText of={factory} />
        </span>
        <span id={`factory-${factory.id}-about`} className={classes.about}>
          {[description, packageText(factory)].filter(Boolean).join(' ')}
        </span>
      </span>
    </label>
  );
}
