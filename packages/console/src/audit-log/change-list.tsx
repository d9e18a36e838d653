import { Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ScrollingValue } from '../shell/scrolling.tsx';
import type { Entry } from './audit-log-api.ts';
import classes from './change-list.module.css';

type Change = { field: string; before?: unknown; after?: unknown; isSecret?: boolean };

/** What was there before and after, a line per field; of older entries the names of what was given. */
export function ChangeList({ entry: { action, details } }: { entry: Entry }) {
  const { t } = useTranslation();
  const changes = Array.isArray(details.changes) ? (details.changes as Change[]) : [];
  // What is given to sign in is always the same.
  if (changes.length === 0) return action === 'administrator.sign-in' ? null : <Given details={details} />;
  return (
    <dl className={classes.changes}>
      {changes.map((change) => (
        <div key={change.field}>
          <dt>{change.field}</dt>
          <ScrollingValue>
            {change.isSecret ? (
              t('auditLog.change.secret')
            ) : (
              <>
                {'before' in change && <del>{valueText(t, change.before)}</del>}
                {'before' in change && 'after' in change && <span aria-hidden> → </span>}
                {'after' in change && <ins>{valueText(t, change.after)}</ins>}
              </>
            )}
          </ScrollingValue>
        </div>
      ))}
    </dl>
  );
}

function Given({ details: { fields, changes: _, subjectName, name: own, ...values } }: { details: Entry['details'] }) {
  const { t } = useTranslation();
  // Where the subject has a name of its own, the other one was given.
  const given = subjectName === undefined ? values : { ...values, name: own };
  const kept = Object.entries(given).map(([name, value]) => `${name}: ${valueText(t, value)}`);
  const names = Array.isArray(fields) ? fields.map(String).filter((name) => !Object.hasOwn(values, name)) : [];
  if (kept.length + names.length === 0) return null;
  return (
    <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {t('auditLog.change.fields', { fields: [...kept, ...names].join(', ') })}
    </Text>
  );
}

function valueText(t: TFunction, value: unknown): string {
  if (value === null || value === undefined || value === '') return t('auditLog.change.none');
  // A list of texts reads as one; a list of nothing as nothing.
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) {
    return value.join(', ') || t('auditLog.change.none');
  }
  if (typeof value === 'boolean') return t(value ? 'auditLog.change.yes' : 'auditLog.change.no');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
