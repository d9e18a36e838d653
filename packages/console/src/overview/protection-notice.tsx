import { Alert, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Happening, happeningQuery } from '../api/protection.ts';
import { countryName } from '../lists/countries.ts';
import { moneyList } from '../lists/money-text.ts';
import { IconAlertTriangle, IconShieldCheck } from '../shell/icons.tsx';
import { PageLink } from '../shell/links.tsx';

/** Attacks that go on, caps that are nearly reached, and that the guard records only; nothing otherwise. */
export default function ProtectionNotice() {
  const { t, i18n } = useTranslation();
  const { data } = useQuery(happeningQuery(1));
  if (!data) return null;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <>
      {data.countries
        .filter(({ isAttacked }) => isAttacked)
        .map((attacked) => (
          <Attacked key={attacked.country ?? 'none'} country={attacked} />
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

function Attacked({
  country: { country, refused, checked, recorded, costs },
}: {
  country: Happening['countries'][number];
}) {
  const { t, i18n } = useTranslation();
  const stopped = refused + checked;
  const name = country === null ? t('overview.figures.unknownCountry') : countryName(country, i18n.language);
  return (
    <Notice
      color="red"
      title={t('overview.protection.attack', { name })}
      text={t(stopped > 0 ? 'overview.protection.attackText' : 'overview.protection.attackRecorded', {
        count: stopped > 0 ? stopped : recorded,
        cost: moneyList(costs, i18n.language),
      })}
    />
  );
}

type Props = { color: string; icon?: ReactNode; title: string; text: string };

function Notice({ color, icon = <IconAlertTriangle />, title, text }: Props) {
  const { t } = useTranslation();
  return (
    <Alert variant="outline" {...(color !== 'indigo' && { role: 'alert' })} color={color} icon={icon} title={title}>
      <Stack gap="xs">
        <Text size="sm">{text}</Text>
        <PageLink to="/protection" size="sm">
          {t('overview.protection.open')}
        </PageLink>
      </Stack>
    </Alert>
  );
}
