import type { IdentifierField, PasswordHint } from './fields.ts';
import type { Form, Legal, Way } from './page.ts';
import type { Problem } from './problem.ts';

/**
 * Asks for the number or the address that a code goes to: `/sign-in`, `/register`, `/forgot-password`, and a new one in
 * `/account`, or where second codes are to go.
 */
export type RecipientPage = {
  purpose: 'sign-in' | 'register' | 'forgot-password' | 'link' | 'second-factor';
  form: Form;
  identifier: IdentifierField;
  /** Named below the title: the application that asked for the sign-in. */
  application?: string | undefined;
  links: {
    /** The other way to sign in. */
    password?: Way | undefined;
    signIn?: Way | undefined;
    register?: Way | undefined;
    /** To where an authenticator app is set up in its place. */
    authenticator?: string | undefined;
    back?: string | undefined;
  };
  /** Does without, where it is asked for and may be left. */
  skip?: Form | undefined;
  legal?: Legal | undefined;
  problem?: Problem | undefined;
  /** The same person elsewhere, where no code could be sent. */
  instead?: Instead | undefined;
};

/** Sends a code to where else somebody is reached, of which no more is shown than may be. */
export type Instead = { form: Form; recipient: string };

/** `/sign-in/password`. */
export type PasswordPage = {
  form: Form;
  identifier: IdentifierField;
  application?: string | undefined;
  legal?: Legal | undefined;
  links: { code?: Way | undefined; register?: Way | undefined; forgotPassword?: Way | undefined };
  problem?: Problem | undefined;
};

/** A box that has the browser trusted, so that no second code is asked for there until then (milliseconds). */
export type TrustChoice = { until: number; isChosen: boolean };

/** Asks for the code that was sent. */
export type CodePage = {
  form: Form;
  trust?: TrustChoice | undefined;
  /** Where the code went: a number in E.164 or an address, or what may be shown of it. */
  recipient: string;
  /** Whether nothing was sent where there is no account; the page then speaks of both cases. */
  mayBeUnknown: boolean;
  codeLength: number;
  /** The code, where it need not be typed. */
  code?: string | undefined;
  resend: {
    form: Form;
    /** From when on another message is sent; milliseconds since the epoch. */
    after: number;
  };
  /** The same person elsewhere, where the code may not come. */
  instead?: Instead | undefined;
  /** Without one, the recipient is the one that it has to be. */
  links: {
    change?: string | undefined;
    /** To where a code of the authenticator app, or a backup code, is taken in its place. */
    authenticator?: string | undefined;
    backupCode?: string | undefined;
  };
  /** What there is to say instead of a problem: another code was sent. */
  notice?: 'sent-again' | undefined;
  problem?: Problem | undefined;
};

/** A code that was opened in another browser than the one that asked for it. */
export type CodeElsewherePage = { code: string };

/** Checks that a person is there before something is sent or somebody signs in: `/sign-in/check`. */
export type CheckPage = {
  form: Form;
  /** What the widget of the provider takes; everybody may see it. */
  question: { type: string } & Record<string, unknown>;
  /** To wait instead; `until` in milliseconds since the epoch. Absent where that is not offered. */
  wait?: { ticket: string; until: number } | undefined;
  links: {
    /** Another way to sign in, for which nothing is sent. */
    password?: Way | undefined;
    back: string;
  };
  problem?: Problem | undefined;
};

/** The number or the address is proven, and what it was proven for cannot be: asks whether to do the other thing. */
export type OfferPage = {
  offer: 'create-account' | 'sign-in';
  form: Form;
  /** A number in E.164 or an address. */
  recipient: string;
  links: { change: string };
  legal?: Legal | undefined;
  problem?: Problem | undefined;
};

/** What a new account is still to have: `/register/profile`, and `/register` where no number is asked for. */
export type ProfilePage = {
  form: Form;
  /** `undefined`: not asked for. */
  username?: string | undefined;
  /** `undefined`: not asked for. */
  password?: PasswordHint | undefined;
  /** For password managers: whose password it is. */
  knownAs?: string | undefined;
  application?: string | undefined;
  links: { signIn?: Way | undefined };
  legal?: Legal | undefined;
  problem?: Problem | undefined;
};

/** Asks for a new password: the end of a forgotten one, and in `/account`. */
export type NewPasswordPage = {
  purpose: 'forgot-password' | 'set-password' | 'change-password';
  form: Form;
  password: PasswordHint;
  /** For password managers: whose password it is. */
  knownAs?: string | undefined;
  /** Whether *sign out everywhere else* is ticked; `undefined`: not asked. */
  endsOtherSessions?: boolean | undefined;
  links: { back?: string | undefined };
  problem?: Problem | undefined;
};

/** The new password holds. */
export type PasswordChangedPage = { signIn: Form; endedOtherSessions: boolean };

/** Asks whether to sign out; the form posts `logout=yes` if so. */
export type SignOutPage = { form: Form };

/** Says what is the matter, and what to do. */
export type MessagePage = {
  message:
    | 'flow-over'
    | 'signed-out'
    | 'not-signed-in'
    | 'too-many-requests'
    | 'unavailable'
    | 'closed'
    | 'form-expired'
    | 'not-found'
    | 'suspended'
    | 'application-error'
    | 'failed';
  waitSeconds?: number | undefined;
  /** Words of the protocol for the developer of the application, below the message. */
  details?: string | undefined;
  link?: { href: string; text: 'try-again' | 'sign-in' | 'continue' | 'account' } | undefined;
};
