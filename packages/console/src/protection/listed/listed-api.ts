import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client.ts';
import { protectionKey } from '../../api/protection.ts';
import type { paths } from '../../api/schema.d.ts';

type Operations = paths['/api/protection/listed'];

/** A number, a range or a network that always passes, or never. */
export type Listed = Operations['get']['responses'][200]['content']['application/json'][number];
/** Which of the two. */
export const lists = ['always', 'never'] as const satisfies Listed['list'][];

/** All of them. */
export const listedQuery = queryOptions({
  queryKey: [protectionKey, 'listed'],
  queryFn: async () => {
    const found = await unwrap(api.GET('/api/protection/listed'));
    const entries = found.map((each) => ({ ...each, id: `${each.list} ${each.entry}` }));
    return { entries, total: entries.length };
  },
});

/** Puts one on a list. @throws ApiError at the field at fault */
export const addListed = (body: Pick<Listed, 'list' | 'entry'>) => unwrap(api.PUT('/api/protection/listed', { body }));

/** Takes one off. */
export const deleteListed = ({ list, entry }: Pick<Listed, 'list' | 'entry'>) =>
  unwrap(api.DELETE('/api/protection/listed/{list}/{entry}', { params: { path: { list, entry } } }));
