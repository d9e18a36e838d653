import { maskEmailsIn, maskPhone } from '@sesame/connector-kit';
import { shownAddress } from '../shell/shown-address.ts';
import type { Message } from './messages-api.ts';

/** Whom a message went to, masked unless it is to be shown. */
export const recipientText = ({ channel, recipient }: Message, isShown: boolean): string => {
  if (channel === 'Sms') return isShown ? recipient : maskPhone(recipient);
  return shownAddress(isShown ? recipient : maskEmailsIn(recipient));
};
