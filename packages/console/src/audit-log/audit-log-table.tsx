import { Code, Text } from '@mantine/core';
import i18next, { type TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type Column, ListTable } from '../lists/list-table.tsx';
import { maskedPhone, maskPhonesIn } from '../lists/masked-phone.ts';
import { TimeText } from '../lists/time-text.tsx';
import { actionTexts } from './action-text.ts';
import type { Entry } from './audit-log-api.ts';
import classes from './audit-log-table.module.css';

/** Changes, a row each; on a narrow screen what was changed stands below the change. */
export function AuditLogTable({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation();
  const columns: Column<Entry>[] = [
    { name: 'time', title: t('auditLog.column.time'), value: ({ at }) => <TimeText at={at} /> },
    {
      name: 'actor',
      title: t('auditLog.column.actor'),
      value: ({ actor }) => nameOf(t, actor),
      below: ({ actor }) => (
        <Text size="xs" c="dimmed">
          {t(`auditLog.actor.${actor.type}`)}
        </Text>
      ),
    },
    {
      name: 'action',
      title: t('auditLog.column.action'),
      value: ({ action }) => {
        const text = actionTexts[action];
        return text ? t(text) : action;
      },
      below: (entry) => <Details entry={entry} />,
    },
    { name: 'subject', title: t('auditLog.column.subject'), value: subjectOf, visibleFrom: 'md' },
  ];
  return <ListTable title={t('auditLog.title')} rows={entries} columns={columns} className={classes.table} />;
}

function Details({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const times = entry.times > 1 ? t('auditLog.times', { count: entry.times }) : undefined;
  const details = [times, detailsOf(entry)].filter(Boolean).join(', ');
  return (
    <>
      {details && (
        <Text size="xs" c="dimmed">
          {details}
        </Text>
      )}
      <Text size="xs" c="dimmed" hiddenFrom="md" component="div">
        {subjectOf(entry)}
      </Text>
    </>
  );
}

/** What stands for no person has a name in the language of the Console. */
function nameOf(t: TFunction, { id, name }: Entry['actor']): string {
  const key = `auditLog.name.${id}`;
  return i18next.exists(key) ? t(key as 'auditLog.name.settings') : name;
}

function subjectOf({ subject: { type, id } }: Entry) {
  return id === null ? null : <Code>{type === 'phone' ? maskedPhone(id) : id}</Code>;
}

/** The values that were kept, then the names of the other fields that were given. */
function detailsOf({ details: { fields, ...values } }: Entry): string {
  const kept = Object.entries(values).map(([name, value]) => `${name}: ${maskPhonesIn(JSON.stringify(value))}`);
  const names = Array.isArray(fields) ? fields.map(String).filter((name) => !Object.hasOwn(values, name)) : [];
  return [...kept, ...names].join(', ');
}
