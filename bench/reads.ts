/** Something that an administrator asks for while people sign in. */
export type Read = {
  name: string;
  path: string;
  /** By default JSON; an answer of another type than asked for counts as not there. */
  accept?: string;
};

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** What is asked for, in databases with so many messages. */
export function readsOf({ messages, users }: { messages: number; users: number }, now: number): Read[] {
  const pageSize = 100;
  // No list counts its pages further: beyond, one goes on from the row before.
  const furthest = 1_000_000;
  const deep = (count: number) => Math.max(1, Math.floor(Math.min(count * 0.7, furthest) / pageSize));
  return [
    { name: 'messages, newest', path: '/api/messages?page_size=100' },
    { name: 'messages, deep page', path: `/api/messages?page_size=${pageSize}&page=${deep(messages)}` },
    { name: 'messages to a country', path: '/api/messages?country=SG' },
    { name: 'messages that failed', path: '/api/messages?state=failed' },
    { name: 'messages that are under way', path: '/api/messages?state=sending' },
    { name: 'messages, three filters', path: '/api/messages?state=undelivered&usageType=ForgotPassword&country=FR' },
    { name: 'messages of a connector that has none', path: '/api/messages?connectorFactoryId=twilio-sms' },
    { name: 'messages of a day', path: `/api/messages?from=${now - 40 * dayMs}&until=${now - 39 * dayMs}` },
    { name: 'messages to a number', path: `/api/messages?phone=${encodeURIComponent('+8613900000000')}` },
    { name: 'users, newest', path: '/api/users?page_size=100' },
    { name: 'users, deep page', path: `/api/users?page_size=${pageSize}&page=${deep(users)}` },
    { name: 'users by the start of a name', path: '/api/users?search=al' },
    { name: 'users by the start of a number', path: '/api/users?search=8613912' },
    { name: 'users by a part of a name', path: '/api/users?search=%25zz%25' },
    { name: 'users, exact in any case', path: '/api/users?search.name=mei%20huang&mode=exact&isCaseSensitive=false' },
    { name: 'audit log', path: '/api/audit-log?page_size=100' },
    { name: 'figures of 30 days', path: '/api/dashboard/verification' },
    { name: 'figures of 100 days', path: `/api/dashboard/verification?from=${now - 100 * dayMs}&until=${now}` },
    { name: 'export of messages, CSV', path: '/api/messages', accept: 'text/csv' },
    { name: 'export of messages, NDJSON', path: '/api/messages', accept: 'application/x-ndjson' },
    { name: 'export of users, CSV', path: '/api/users', accept: 'text/csv' },
    { name: 'export of users, NDJSON', path: '/api/users', accept: 'application/x-ndjson' },
    { name: 'export of the audit log, NDJSON', path: '/api/audit-log', accept: 'application/x-ndjson' },
  ];
}
