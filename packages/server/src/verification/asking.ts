import type { Reason } from '../protection/decide.ts';

/** Through what people and back ends ask for messages. */
export const throughs = ['sign-in-page', 'experience-api', 'account-page', 'account-api', 'management-api'] as const;

/** Through what a message is asked for, and for which application, or by which administrator. */
export type Asker = {
  through: (typeof throughs)[number];
  applicationId?: string | undefined;
  administratorId?: string | undefined;
};

/** What the guard decided on a message that went out, and why it might not have. */
export type Decided = {
  /** `failed`: it could not decide. */
  decision: 'go' | 'check' | 'refuse' | 'failed';
  isEnforced: boolean;
  /** Whether it went to a known number, or for a known browser. */
  isKnown: boolean;
  /** Without whole numbers. */
  reasons: Reason[];
};

/** What is kept of who asked for a message, and of what was decided. */
export type Asking = Partial<Asker> & {
  /** Of whoever asked: a network of many, so that it names nobody. */
  network?: string | undefined;
  /** Whether the browser had signed in to the account before; `named` where a back end named a device. */
  device?: 'known' | 'new' | 'named' | undefined;
  /** What of a human check was passed for it. */
  passed?: 'check' | 'wait' | undefined;
  decided?: Decided | undefined;
  /** Of a notice, which nobody asks for: the user whose account it is about. */
  noticeOf?: string | undefined;
};
