import type { paths } from '../api/schema.d.ts';
import { shownAddress } from '../shell/shown-address.ts';

type Found = paths['/api/search']['get']['responses'][200]['content']['application/json'];

/** Something that was found: what it is called, what else is known of it, and where its page is. */
export type Hit = { key: string; title: string; text: string; path: string };

/** What times and usage types are called in the language of the page. */
type Words = { timeOf: (at: number) => string; usageOf: (usageType: string) => string };

/** What was found, by kind; kinds of which there is nothing are left out. */
export function groupsOf({ users, messages, applications }: Omit<Found, 'mayBeMore'>, { timeOf, usageOf }: Words) {
  const groups = [
    {
      kind: 'users' as const,
      hits: users.map(({ id, name, username, primaryPhone, primaryEmail }): Hit => {
        const address = primaryEmail && shownAddress(primaryEmail);
        const [title = id, ...others] = [name, username, primaryPhone, address].filter((text) => text !== null);
        return { key: `user ${id}`, title, text: others.join(' · '), path: `/users/${encodeURIComponent(id)}` };
      }),
    },
    {
      kind: 'messages' as const,
      hits: messages.map(({ id, recipient, usageType, createdAt }): Hit => {
        const text = `${usageOf(usageType)} · ${timeOf(createdAt)}`;
        return {
          key: `message ${id}`,
          title: shownAddress(recipient),
          text,
          path: `/messages/${encodeURIComponent(id)}`,
        };
      }),
    },
    {
      kind: 'applications' as const,
      hits: applications.map(({ id, name }): Hit => {
        return { key: `application ${id}`, title: name, text: id, path: `/applications/${encodeURIComponent(id)}` };
      }),
    },
  ];
  return groups.filter(({ hits }) => hits.length > 0);
}
