import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client.ts';
import { usersKey } from '../users-api.ts';

/** A number or an address of a user beside the primary one. */
export type OtherRecipient = { id: string; address: string; addedAt: number };

const isAddress = ({ address }: Pick<OtherRecipient, 'address'>) => address.includes('@');

/** All of a user, numbers first. */
export const otherRecipientsQuery = (userId: string) =>
  queryOptions({
    queryKey: [...usersKey, userId, 'others'],
    queryFn: async (): Promise<OtherRecipient[]> => {
      const params = { path: { userId } };
      const [phones, emails] = await Promise.all([
        unwrap(api.GET('/api/users/{userId}/other-phones', { params })),
        unwrap(api.GET('/api/users/{userId}/other-emails', { params })),
      ]);
      return [
        ...phones.map(({ phone, ...other }) => ({ ...other, address: phone })),
        ...emails.map(({ email, ...other }) => ({ ...other, address: email })),
      ];
    },
  });

/** Gives a user another one, as it was typed. @throws ApiError */
export async function addOtherRecipient(userId: string, typed: string): Promise<void> {
  const params = { path: { userId } };
  if (isAddress({ address: typed })) {
    await unwrap(api.POST('/api/users/{userId}/other-emails', { params, body: { email: typed } }));
  } else await unwrap(api.POST('/api/users/{userId}/other-phones', { params, body: { phone: typed } }));
}

/** Takes one away. */
export function removeOtherRecipient(userId: string, other: OtherRecipient) {
  const params = { path: { userId, otherId: other.id } };
  return isAddress(other)
    ? unwrap(api.DELETE('/api/users/{userId}/other-emails/{otherId}', { params }))
    : unwrap(api.DELETE('/api/users/{userId}/other-phones/{otherId}', { params }));
}

/** Makes it the primary one; the one before becomes another. */
export function makeRecipientPrimary(userId: string, other: OtherRecipient) {
  const params = { path: { userId, otherId: other.id } };
  return isAddress(other)
    ? unwrap(api.POST('/api/users/{userId}/other-emails/{otherId}/make-primary', { params }))
    : unwrap(api.POST('/api/users/{userId}/other-phones/{otherId}/make-primary', { params }));
}
