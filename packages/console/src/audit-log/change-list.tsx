import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ScrollingValue } from '../shell/scrolling.tsx';
import type { Entry } from './audit-log-api.ts';
import classes from './change-list.module.css';
import { type Change, fieldText, leavesOf, valueText } from './field-text.ts';

/** What was there before and after, a line per field; of older entries the names of what was given. */
export function ChangeList({ entry: { action, details } }: { entry: Entry }) {
  const { t, i18n } = useTranslation();
  const changes = Array.isArray(details.changes) ? (details.changes as Change[]).flatMap(leavesOf) : [];
  // What is given to sign in is always the same.
  if (changes.length === 0) return action === 'administrator.sign-in' ? null : <Given details={details} />;
  return (
    <dl className={classes.changes}>
      {changes.map((change) => (
        <div key={change.field}>
          <dt>{fieldText(t, change.field)}</dt>
          <ScrollingValue>
            {change.isSecret ? (
              t('auditLog.change.secret')
            ) : (
              <>
                {'before' in change && <del>{valueText(t, i18n.language, change.field, change.before)}</del>}
                {'before' in change && 'after' in change && <span aria-hidden> → </span>}
                {'after' in change && <ins>{valueText(t, i18n.language, change.field, change.after)}</ins>}
              </>
            )}
          </ScrollingValue>
        </div>
      ))}
    </dl>
  );
}

function Given({ details: { fields, changes: _, subjectName, name: own, ...values } }: { details: Entry['details'] }) {
  const { t, i18n } = useTranslation();
  // Where the subject has a name of its own, the other one was given.
  const given = subjectName === undefined ? values : { ...values, name: own };
  const kept = Object.entries(given)
    .flatMap(([field, after]) => leavesOf({ field, after }))
    .map(({ field, after }) => `${fieldText(t, field)}: ${valueText(t, i18n.language, field, after)}`);
  const names = Array.isArray(fields) ? fields.map(String).filter((name) => !Object.hasOwn(values, name)) : [];
  if (kept.length + names.length === 0) return null;
  return (
    <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {t('auditLog.change.fields', { fields: [...kept, ...names.map((name) => fieldText(t, name))].join(', ') })}
    </Text>
  );
}
