import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TimeText } from '../lists/time-text.tsx';
import { FactList } from '../messages/fact-list.tsx';
import { type System, sizeIn } from './system.ts';

/** Version, health, database and signing key, each with its name. */
export function SystemFacts({ system }: { system: System }) {
  const { t, i18n } = useTranslation();
  const { version, nodeVersion, startedAt, readiness, database, signingKey } = system;
  const number = new Intl.NumberFormat(i18n.language);
  const rows = Object.entries(database?.rows ?? {})
    .map(([table, count]) => `${t(`settings.table.${table as 'users'}`)} ${number.format(count)}`)
    .join(' · ');
  return (
    <FactList
      facts={[
        { name: t('settings.fact.version'), value: `Sesame ${version}` },
        { name: t('settings.fact.node'), value: nodeVersion },
        { name: t('settings.fact.startedAt'), value: <TimeText at={startedAt} /> },
        {
          name: t('settings.fact.readiness'),
          value: (
            <Text span size="sm" c={readiness === 'ok' ? undefined : 'var(--mantine-color-error)'}>
              {t(`settings.readiness.${readiness}`)}
            </Text>
          ),
        },
        ...(database
          ? [
              { name: t('settings.fact.database'), value: `${database.kind} ${database.version}` },
              { name: t('settings.fact.size'), value: sizeIn(i18n.language, database.bytes) },
              { name: t('settings.fact.rows'), value: rows },
            ]
          : []),
        ...(signingKey
          ? [
              {
                name: t('settings.fact.signingKey'),
                value: (
                  <>
                    <Code>{signingKey.id}</Code> {t('settings.fact.keySince')} <TimeText at={signingKey.effectiveAt} />
                  </>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
