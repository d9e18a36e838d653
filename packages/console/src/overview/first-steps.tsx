import { Group, Paper, Text } from '@mantine/core';
import { channels } from '@sesame/connector-kit';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { setUpConnectorsQuery } from '../api/connectors.ts';
import { Allowed } from '../session/role.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { IconCircle, IconCircleCheckFilled } from '../shell/icons.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { EnableCodesButton } from '../sign-in-experience/enable-codes-notice.tsx';
import { experienceQuery, signsInBy } from '../sign-in-experience/experience-api.ts';
import classes from './first-steps.module.css';
import { ApplicationLink, ConnectorLink, TestLink } from './next-links.tsx';
import { hasApplicationQuery, hasSentQuery } from './overview-api.ts';

/** What is left to do on a new server, told from its state; nothing once all of it is done. */
export default function FirstSteps() {
  const { t } = useTranslation();
  const setUp = useQuery(setUpConnectorsQuery);
  const alive = setUp.data?.filter(({ state }) => state === 'live');
  const live = alive && (alive.find(({ isDemo }) => !isDemo) ?? alive[0] ?? null);
  const queries = [
    setUp,
    useQuery(hasSentQuery(live?.connectorId)),
    useQuery(experienceQuery),
    useQuery(hasApplicationQuery),
  ] as const;
  const [, { data: hasSent }, { data: experience }, { data: hasApplication }] = queries;
  const failed = queries.filter(({ isError, data }) => isError && data === undefined);
  if (failed[0]) {
    return <ErrorNotice error={failed[0].error} onRetry={() => Promise.all(failed.map(({ refetch }) => refetch()))} />;
  }
  if (
    alive === undefined ||
    live === undefined ||
    hasSent === undefined ||
    !experience ||
    hasApplication === undefined
  ) {
    return <PageSkeleton rows={1} />;
  }
  const isInbox = live?.isDemo === true;
  // Where there is a provider, a code that only the development inbox gets signs nobody in.
  const sends = (channel: string) =>
    alive.some(
      ({ type, origin, isDemo }) => type === channel && origin !== 'not-installed' && (isInbox || isDemo !== true),
    );
  const canSend = live !== null && sends(live.type);
  const hasProvider = canSend && !isInbox;
  const sending = channels.filter(sends);
  const signsIn = sending.some((channel) => signsInBy(channel, experience));
  if (hasProvider && hasSent && signsIn && hasApplication) return null;
  return (
    <Paper withBorder p="lg" radius="md" component="section" aria-labelledby="first-steps">
      <Text component="h2" id="first-steps" fw={650} size="lg" mb="sm">
        {t('overview.steps.title')}
      </Text>
      <ol className={classes.steps}>
        <Step isDone={hasProvider} title={t('overview.steps.connector')}>
          <Text size="sm">{t(isInbox ? 'overview.steps.inboxText' : 'overview.steps.connectorText')}</Text>
          <Allowed as="operator">
            <ConnectorLink live={live} />
          </Allowed>
        </Step>
        <Step isDone={hasSent} title={t('overview.steps.test')}>
          <Text size="sm">{t('overview.steps.testText')}</Text>
          <Allowed as="operator">
            <TestLink live={live} />
          </Allowed>
        </Step>
        <Step isDone={signsIn} title={t('overview.steps.signIn')}>
          <Text size="sm">{t(canSend ? 'overview.steps.signInText' : 'overview.steps.signInNeedsConnector')}</Text>
          {sending.length > 0 && (
            <Group gap="xs" mt="xs">
              {sending.map((channel) => (
                <EnableCodesButton key={channel} channel={channel} />
              ))}
            </Group>
          )}
        </Step>
        <Step isDone={hasApplication} title={t('overview.steps.application')}>
          <Text size="sm">{t('overview.steps.applicationText')}</Text>
          <Allowed as="owner">
            <ApplicationLink />
          </Allowed>
        </Step>
      </ol>
    </Paper>
  );
}

function Step({ isDone, title, children }: { isDone: boolean; title: string; children: ReactNode }) {
  const { t } = useTranslation();
  const Icon = isDone ? IconCircleCheckFilled : IconCircle;
  return (
    <li className={classes.step} data-done={isDone}>
      <Icon size={22} className={classes.mark} />
      <div>
        <Text fw={600}>
          {title}
          <span className={classes.unseen}> – {t(isDone ? 'overview.steps.done' : 'overview.steps.open')}</span>
        </Text>
        {!isDone && children}
      </div>
    </li>
  );
}
