import { isMailboxGone, takesNoMail } from './no-mailbox.ts';
import type { DeliveryReport } from './reports.ts';

/** What a report says of a mail, beside which one it is. */
export type MailOutcome = Pick<DeliveryReport, 'state' | 'kind' | 'meaning' | 'suppress'>;

/** What a report says of a mail that came back, by the words of the mail server that refused it. */
export function bounced(words: string): MailOutcome {
  const status = Number(/(?<![\d.])[45]\d\d(?![\d.])/.exec(words)?.[0] ?? 550);
  const undelivered = { state: 'undelivered' } as const;
  if (isMailboxGone(status, words)) {
    return { ...undelivered, kind: 'recipient', meaning: 'There is no such mailbox.', suppress: true };
  }
  if (takesNoMail(words)) return { ...undelivered, kind: 'recipient', meaning: 'The domain takes no mail.' };
  return { ...undelivered, kind: 'unclear', meaning: 'The mail server of the recipient did not take the mail.' };
}

/** What a report says of a mail that was not sent, as the provider sends no more to its recipient. */
export const heldBack: MailOutcome = {
  state: 'undelivered',
  kind: 'recipient',
  meaning: 'The provider sends no more to this address: it bounced, complained or was suppressed there.',
  suppress: true,
};

/** What a report says of a mail whose recipient called it spam: it did arrive, and no other may follow. */
export const complained: MailOutcome = {
  state: 'delivered',
  meaning: 'The recipient called the mail spam.',
  suppress: true,
};
