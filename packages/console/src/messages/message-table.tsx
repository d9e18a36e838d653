import { useTranslation } from 'react-i18next';
import { ListTable } from '../lists/list-table.tsx';
import { PageLink } from '../shell/links.tsx';
import type { Message } from './messages-api.ts';
import { useMessageColumns } from './use-message-columns.tsx';

/** A few messages, a row each, with the columns that the whole list usually has. */
export function MessageTable({ messages, isShown }: { messages: readonly Message[]; isShown: boolean }) {
  const { t } = useTranslation();
  return (
    <ListTable
      title={t('messages.title')}
      rows={messages}
      columns={useMessageColumns(isShown).filter(({ isExtra }) => !isExtra)}
      link={({ id }, time) => (
        <PageLink to="/messages/$id" params={{ id }} size="sm">
          {time}
        </PageLink>
      )}
      asCards
      highlightOnHover
    />
  );
}
