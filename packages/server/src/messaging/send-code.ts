import type { UsageType } from '@sesame/connector-kit';
import type { ApiError } from '../errors.ts';
import type { Making, NewCode, Send, SendLimit } from '../store/sends.ts';
import type { MessageContent } from './dispatch.ts';
import type { Recipient } from './recipient.ts';

/** A code to send, and what to keep of it. */
export type SendCode = Pick<MessageContent, 'application' | 'lifetimeSeconds'> & {
  /** The code, where the one that is there does not go out again. */
  code: string;
  /** Makes the link that brings a code to the page that asks for it, where there is one. */
  link?: ((code: string) => string) | undefined;
  /** The code that goes out, of the seed that is kept. */
  codeOf?: (seed: string) => string;
  recipient: Recipient;
  usageType: UsageType;
  /** The languages that the person wishes, the best first (BCP 47). */
  locales: readonly string[];
  now: number;
  keep: Omit<NewCode, 'making'> & { making?: Omit<Making, 'tellSeed'> };
  limits: Send['limits'];
  /** As in `Send`. */
  caps?: NonNullable<Send['caps']>;
  tellSpent?: Send['tellSpent'];
  /** A limit and caps that must not show: where one is full, the message is recorded but does not go out. */
  ceiling: SendLimit | undefined;
  hidden?: (Pick<Send, 'caps' | 'tellSpent'> & { tellFull: () => void }) | undefined;
  /** Told of a message that was counted and certainly did not go out, and why. */
  tellUnsent?: (error: ApiError) => Promise<void>;
  /** Binds the code to this host, where the text is ours. */
  boundTo: string | undefined;
  /** JSON of who asks and what was decided, to be kept with the message. */
  asked?: string | undefined;
  /** Nothing goes out, and the message is recorded as suppressed. */
  isSuppressed: boolean;
  /** Resolves as soon as the message is recorded, so that the time tells nothing of what becomes of it. */
  isDiscreet: boolean;
};
