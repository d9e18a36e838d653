import { maskEmailsIn, maskPhone } from '@sesame/connector-kit';
import type { Message } from './messages-api.ts';

/** Whom a message went to, masked unless it is to be shown. */
export const recipientText = ({ channel, recipient }: Message, isShown: boolean): string => {
  if (isShown) return recipient;
  return channel === 'Email' ? maskEmailsIn(recipient) : maskPhone(recipient);
};
