import { useTranslation } from 'react-i18next';
import { ScrollingValue } from '../shell/scrolling.tsx';
import type { Entry } from './audit-log-api.ts';
import classes from './change-list.module.css';
import { type Change, fieldText, leavesOf, valueText } from './field-text.ts';

/** What was there before and after, field by field; where nothing was compared, what was given. */
export function ChangeList({ entry: { action, details } }: { entry: Entry }) {
  const { t, i18n } = useTranslation();
  // What is given to sign in is always the same.
  if (action === 'administrator.sign-in') return null;
  const { changes, fields } = details;
  const compared = Array.isArray(changes) ? (changes as Change[]) : givenIn(details);
  const named = Array.isArray(changes) || !Array.isArray(fields) ? [] : fields.map(String);
  const unknown = named.filter((name) => !Object.hasOwn(details, name));
  const shown = compared.flatMap(leavesOf);
  if (shown.length + unknown.length === 0) return null;
  return (
    <dl className={classes.changes}>
      {shown.map((change) => (
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
      {unknown.length > 0 && (
        <div>
          <dt>{t('auditLog.change.fields')}</dt>
          <dd>{unknown.map((name) => fieldText(t, name)).join(', ')}</dd>
        </div>
      )}
    </dl>
  );
}

/** What an entry keeps of what was given. Where the subject has a name of its own, the other one was given. */
function givenIn({ fields: _, subjectName, name, ...values }: Entry['details']): Change[] {
  const given = subjectName === undefined ? values : { ...values, name };
  return Object.entries(given).map(([field, after]) => ({ field, after }));
}
