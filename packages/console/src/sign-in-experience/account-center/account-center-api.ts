import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client.ts';
import type { paths } from '../../api/schema.d.ts';

type Operations = paths['/api/account-center'];

/** What users see and change of their own account. */
export type AccountCenter = Pick<
  Operations['get']['responses'][200]['content']['application/json'],
  'enabled' | 'fields' | 'otherRecipients'
>;

/** What accounts have here; the server keeps settings for more, which open nothing. */
export const accountFields = [
  'username',
  'name',
  'avatar',
  'profile',
  'phone',
  'email',
  'password',
  'customData',
  'mfa',
] as const satisfies (keyof AccountCenter['fields'])[];

/** From the least to the most. */
export const controls = ['Off', 'ReadOnly', 'Edit'] as const;

/** The account center as it is stored. */
export const accountCenterQuery = queryOptions({
  queryKey: ['account-center'],
  queryFn: (): Promise<AccountCenter> => unwrap(api.GET('/api/account-center')),
});

/** Changes it; `fields` is replaced as a whole. @throws ApiError */
export const changeAccountCenter = (body: AccountCenter): Promise<AccountCenter> =>
  unwrap(api.PATCH('/api/account-center', { body }));
