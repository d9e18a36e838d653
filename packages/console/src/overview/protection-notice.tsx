import { Alert, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { attacksQuery, happeningQuery } from '../api/protection.ts';
import { AttackWords, useAttackName } from '../lists/attack-words.tsx';
import { IconAlertTriangle, IconShieldCheck } from '../shell/icons.tsx';
import { PageLink } from '../shell/links.tsx';

/** Attacks that go on, caps that are nearly reached, and that the guard records only; nothing otherwise. */
export default function ProtectionNotice() {
  const { t, i18n } = useTranslation();
  const nameOf = useAttackName();
  const { data } = useQuery(happeningQuery(1));
  const { data: listed } = useInfiniteQuery(attacksQuery);
  const attacks = listed?.pages.flatMap(({ entries }) => entries) ?? [];
  if (!data) return null;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <>
      {attacks
        .filter(({ isOver }) => !isOver)
        .map((attack) => (
          <Notice key={attack.id} color="red" title={nameOf(attack)} text={<AttackWords attack={attack} />} />
        ))}
      {data.caps
        .filter(({ state }) => state !== 'ok')
        .map(({ period, country, state, share }) => (
          <Notice
            key={`${period}/${country}`}
            color={state === 'full' ? 'red' : 'orange'}
            title={t(state === 'full' ? 'overview.protection.capFull' : 'overview.protection.cap')}
            text={
              state === 'full'
                ? t('overview.protection.capFullText')
                : t('overview.protection.capText', { share: percent.format(share) })
            }
          />
        ))}
      {data.mode === 'record' && (
        <Notice
          color="indigo"
          icon={<IconShieldCheck />}
          title={t('overview.protection.record')}
          text={t('overview.protection.recordText')}
        />
      )}
    </>
  );
}

type Props = { color: string; icon?: ReactNode; title: string; text: ReactNode };

function Notice({ color, icon = <IconAlertTriangle />, title, text }: Props) {
  const { t } = useTranslation();
  return (
    <Alert variant="outline" {...(color !== 'indigo' && { role: 'alert' })} color={color} icon={icon} title={title}>
      <Stack gap="xs">
        {typeof text === 'string' ? <Text size="sm">{text}</Text> : text}
        <PageLink to="/protection" size="sm">
          {t('overview.protection.open')}
        </PageLink>
      </Stack>
    </Alert>
  );
}
