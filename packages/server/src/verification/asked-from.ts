import { networkOfMany } from '../protection/networks.ts';
import type { Asking } from './asking.ts';
import type { StartVerification } from './requests.ts';

/** Where somebody asks from, without a word of who it is. */
export function askedFrom({
  client,
  endUser,
  isKnown,
}: Pick<StartVerification, 'client' | 'endUser'> & { isKnown: boolean }): Pick<Asking, 'network' | 'device'> {
  const address = client?.address || endUser?.address;
  const network = address ? networkOfMany(address) : undefined;
  if (client) return { network, device: isKnown ? 'known' : 'new' };
  return { network, device: endUser?.deviceId === undefined ? undefined : 'named' };
}
