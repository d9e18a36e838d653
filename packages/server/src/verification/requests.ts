import type { UsageType } from '@sesame/connector-kit';
import type { Recipient, RecipientKey } from '../messaging/recipient.ts';
import type { Client } from '../protection/client.ts';
import type { Asker } from './asking.ts';
import type { EndUser } from './guarding.ts';

/** What a message is worded by, beside its usage type, and who asks for it. */
export type Wording = {
  /** The languages that the person wishes, the best first (BCP 47). */
  locales?: readonly string[] | undefined;
  /** How the application is called that the code is for; where there is none, the brand stands in. */
  application?: string | undefined;
  asker?: Asker | undefined;
};

/** A human check that a send may ask for. */
export type AskedCheck = {
  /** Whether it does, whatever else speaks for the send. */
  isAsked: boolean;
  /** Takes one message off a check that was passed. @returns what was passed, if anything */
  takePassed: () => Promise<'check' | 'wait' | undefined>;
  /** Takes all that it is good for. @returns the same */
  takeAll: () => Promise<'check' | 'wait' | undefined>;
  /** Whether nobody can pass one just now, as the provider of the checks is away. */
  isAway?: () => Promise<boolean>;
  /** Gives back what was taken for a message that something here has kept from being. */
  giveBack?: () => Promise<void>;
};

/** Asks for a code. */
export type StartVerification = {
  recipient: Recipient;
  usageType: UsageType;
  /** What the code is bound to. */
  flow: string;
  wording?: Wording | undefined;
  /** Who asks, where it is an end user. */
  client?: Client | undefined;
  /** The end user whom a back end asks for. */
  endUser?: EndUser | undefined;
  /** The host that the code is meant for, where the message is to say so. */
  boundTo?: string | undefined;
  /** Where the code can be brought by a link beside it. */
  linkTo?: ((made: { code: string; expiresAt: number }) => string) | undefined;
  /** Counts and records the message, but sends nothing. */
  isSuppressed?: boolean;
  /** Does not wait for the provider, nor tell what it said. */
  isDiscreet?: boolean;
  /** Absent where nobody can be checked: of back ends, and of people who are signed in. */
  check?: AskedCheck | undefined;
};

/** An answer to a code. */
export type AnswerVerification = {
  recipient: RecipientKey;
  flow: string;
  /** As it was typed or pasted. */
  code: string;
  /** Who answers, where it is an end user. */
  client?: Client | undefined;
  /** The end user for whom a back end answers. */
  endUser?: EndUser | undefined;
};
