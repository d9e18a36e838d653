import type { Locale, PhoneNumber, UsageType } from '@sesame/connector-kit';
import { parsePhone } from '@sesame/connector-kit';

/** A message that would have gone to a phone. */
export type InboxMessage = {
  id: string;
  /** In E.164. */
  phone: PhoneNumber;
  usageType: UsageType;
  /** The text as a provider would have sent it. */
  text: string;
  /** Empty for a message that carries none. */
  code: string;
  locale?: Locale;
  /** ISO 8601, UTC. */
  createdAt: string;
};

/** Messages in memory. */
export type Inbox = {
  /** Newest first; those to `phone`, in any spelling, when it is given. */
  messages: (phone?: string) => InboxMessage[];
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
    messages(phone) {
      const wanted = phone === undefined ? undefined : (parsePhone(phone)?.e164 ?? phone);
      return kept.filter((message) => wanted === undefined || message.phone === wanted).toReversed();
    },
    clear: () => void kept.splice(0),
  };
}
