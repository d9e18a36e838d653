import { Code, Paper, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { maskedPhone } from '../lists/masked-phone.ts';
import { TimeText } from '../lists/time-text.tsx';
import { actionTexts } from './action-text.ts';
import type { Entry } from './audit-log-api.ts';
import classes from './audit-log-table.module.css';

/** Changes, a row each; on a narrow screen what was changed stands below the change. */
export function AuditLogTable({ entries }: { entries: Entry[] }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder radius="md">
      <Table aria-label={t('auditLog.title')} verticalSpacing="sm" className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('auditLog.column.time')}</Table.Th>
            <Table.Th scope="col">{t('auditLog.column.actor')}</Table.Th>
            <Table.Th scope="col">{t('auditLog.column.action')}</Table.Th>
            <Table.Th scope="col" visibleFrom="md">
              {t('auditLog.column.subject')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Row key={entry.id} entry={entry} />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function Row({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const { at, actor, action } = entry;
  const text = actionTexts[action];
  const details = detailsOf(entry);
  return (
    <Table.Tr>
      <Table.Td>
        <TimeText at={at} />
      </Table.Td>
      <Table.Td>
        {actor.name}
        <Text size="xs" c="dimmed">
          {t(`auditLog.actor.${actor.type}`)}
        </Text>
      </Table.Td>
      <Table.Td>
        {text ? t(text) : action}
        {details && (
          <Text size="xs" c="dimmed">
            {details}
          </Text>
        )}
        <Text size="xs" c="dimmed" hiddenFrom="md" component="div">
          <Subject entry={entry} />
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="md">
        <Subject entry={entry} />
      </Table.Td>
    </Table.Tr>
  );
}

function Subject({ entry: { subject } }: { entry: Entry }) {
  if (subject.id === null) return null;
  return <Code>{subject.type === 'phone' ? maskedPhone(subject.id) : subject.id}</Code>;
}

/** The values that were kept, then the names of the other fields that were given. */
function detailsOf({ details: { fields, ...values } }: Entry): string {
  const kept = Object.entries(values).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const names = Array.isArray(fields) ? fields.map(String).filter((name) => !Object.hasOwn(values, name)) : [];
  return [...kept, ...names].join(', ');
}
