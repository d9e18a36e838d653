import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { factoriesQuery, setUpConnectorsQuery } from '../api/connectors.ts';
import { listText } from '../i18n/list-text.ts';
import { ScrollingValue } from '../shell/scrolling.tsx';
import type { Entry } from './audit-log-api.ts';
import classes from './change-list.module.css';
import { type Change, fieldText, leavesOf, valueText } from './field-text.ts';

/** What was there before and after, field by field; where nothing was compared, what was given. */
export function ChangeList({ entry }: { entry: Entry }) {
  const { action, details } = entry;
  const { t, i18n } = useTranslation();
  const labels = useLabels(entry);
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
          <dt>{fieldText(t, change.field, labels)}</dt>
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
          <dd>
            {listText(
              i18n.language,
              unknown.map((name) => fieldText(t, name, labels)),
            )}
          </dd>
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

/**
 * What the connector that an entry is about calls the fields of its configuration; nothing where it is not known any
 * more.
 */
function useLabels({ subject: { type, id }, details }: Entry): Record<string, string> {
  const isConnector = type === 'connector';
  const { data: factories = [] } = useQuery({ ...factoriesQuery, enabled: isConnector });
  const { data: setUp = [] } = useQuery({ ...setUpConnectorsQuery, enabled: isConnector });
  if (!isConnector) return {};
  const factoryId = details.connectorId ?? setUp.find((each) => each.id === id)?.connectorId;
  const factory = factories.find((each) => each.id === factoryId);
  return Object.fromEntries(factory?.formItems.map(({ key, label }) => [key, label]) ?? []);
}
