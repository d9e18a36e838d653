import { type Channel, type Locale, parseEmail, parsePhone, type UsageType } from '@sesame/connector-kit';

/** A message that would have gone to a phone or a mailbox. */
export type InboxMessage = {
  id: string;
  channel: Channel;
  /** As the channel spells it: a number in E.164, or an email address. */
  recipient: string;
  usageType: UsageType;
  /** The text as a provider would have sent it. */
  text: string;
  /** What only mails have. */
  subject?: string;
  html?: string;
  /** Empty for a message that carries none. */
  code: string;
  locale?: Locale;
  /** ISO 8601, UTC. */
  createdAt: string;
};

/** Messages in memory. */
export type Inbox = {
  /** Newest first; those to `recipient`, in any spelling, when it is given. */
  messages: (recipient?: string) => InboxMessage[];
  clear: () => void;
};

/** Keeps the newest `capacity` messages. */
export function createInbox(capacity: number): Inbox & { add: (message: InboxMessage) => void } {
  const kept: InboxMessage[] = [];
  return {
    add(message) {
      kept.push(message);
      if (kept.length > capacity) kept.shift();
    },
    messages(recipient) {
      const wanted = recipient === undefined ? undefined : keyOf(recipient);
      return kept.filter((message) => wanted === undefined || keyOf(message.recipient) === wanted).toReversed();
    },
    clear: () => void kept.splice(0),
  };
}

/** What two spellings of a recipient have in common. */
const keyOf = (recipient: string) => parsePhone(recipient)?.e164 ?? parseEmail(recipient)?.key ?? recipient;
