import type { Phrases } from './translations/texts.ts';

/** What every page is drawn with. */
export type PageContext = {
  /** BCP 47; words that are in none of ours are English unless they are among the phrases. */
  language: string;
  /** Words of the operator's own, in place of ours. */
  phrases?: Phrases | undefined;
  brand: Brand;
  colors: Colors;
  /** Where people find help. */
  support?: Support | undefined;
  /** The URL of the operator's own stylesheet, which comes after ours. */
  customStylesheet?: string | undefined;
  /** Of the response: the stylesheet with the brand's colours stands in the page under it. */
  nonce: string;
  /** Milliseconds since the epoch. */
  now: number;
};

/** Whose pages these are. */
export type Brand = {
  /** The brand's name, or that of the application. */
  name: string;
  logoUrl?: string | null | undefined;
  darkLogoUrl?: string | null | undefined;
  /** The picture in the tab of the browser; without one, the logo. */
  favicon?: string | null | undefined;
  darkFavicon?: string | null | undefined;
};

/** Links at the foot of every page. */
export type Support = { supportEmail: string | null; supportWebsiteUrl: string | null };

/** Colours as `#rrggbb`. */
export type Colors = { primaryColor: string; darkPrimaryColor: string; isDarkModeEnabled: boolean };

/** Where a form posts to, and what it carries unseen: the flow, the protection against forged requests. */
export type Form = { action: string; hidden: Readonly<Record<string, string>> };

/** Another page that asks who somebody is: a button that takes along what was typed, drawn as a link. */
export type Way = { action: string; to: string };

/** Why the page is shown again. Views put it at the field that it is about, or above the form. */
export type Problem = {
  reason: ProblemReason;
  /** How long to wait, where waiting helps. */
  waitSeconds?: number | undefined;
  /** How many more answers to this code are taken. */
  triesLeft?: number | undefined;
  /** What a new password breaks, where that is the reason. */
  broken?: readonly BrokenRule[] | undefined;
};

/** A rule for passwords that a new one breaks, with the number that it is about. */
export type BrokenRule = { rule: PasswordRule; limit?: number | undefined };

/** What a person can have got wrong, or has to wait for. */
export type ProblemReason =
  | 'phone-invalid'
  | 'phone-without-sms'
  | 'country-not-served'
  | 'phone-same'
  | 'email-invalid'
  | 'email-incomplete'
  | 'email-characters'
  | 'email-several'
  | 'email-domain-not-allowed'
  | 'email-without-mail'
  | 'email-same'
  | 'email-taken'
  | 'email-refused'
  | 'email-not-allowed'
  | 'email-with-plus'
  | 'identifier-invalid'
  | 'identifier-missing'
  | 'agree-missing'
  | 'username-invalid'
  | 'username-taken'
  | 'credentials-wrong'
  | 'code-malformed'
  | 'code-wrong'
  | 'code-expired'
  | 'code-tried-too-often'
  | 'code-not-found'
  | 'code-locked'
  | 'backup-wrong'
  | 'backup-over'
  | 'password-missing'
  | 'password-wrong'
  | 'password-rejected'
  | 'password-same'
  | 'check-failed'
  | 'check-unavailable'
  | 'check-waiting'
  | 'resend-too-soon'
  | 'too-many-messages'
  | 'sending-paused'
  | 'too-many-attempts'
  | 'phone-refused'
  | 'sending-failed'
  | 'sending-unclear'
  | 'sending-broken'
  | 'sending-busy'
  | 'phone-taken'
  | 'last-way-to-sign-in'
  | 'suspended'
  | 'unavailable';

/** The rules for passwords; the words of `password.rejected`. */
export const passwordRules = [
  'too_short',
  'too_long',
  'character_types',
  'pwned',
  'restricted.repetition',
  'restricted.sequence',
  'restricted.words',
  'restricted.user_info',
] as const;
export type PasswordRule = (typeof passwordRules)[number];

/** What is said of a new password before one is typed. */
export type PasswordHint = { minLength: number; characterTypes: number };

/** What a phone field starts with. */
export type PhoneField = {
  /** ISO 3166-1, two letters. */
  country: string;
  /** As it was typed, or a number in E.164. */
  number: string;
  /** Whether a country is offered; all of them where it is left out, and always that of a number that is there. */
  offers?: ((country: string) => boolean) | undefined;
};

/** What a person is known by. */
export type Identifier = 'phone' | 'email' | 'username';

/** The field that says who somebody is: one, since a password manager keeps one. */
export type IdentifierField = {
  /** What it takes; phone numbers alone have a field of their own, with a list of countries. */
  takes: readonly Identifier[];
  /** As it was typed before. */
  value: string;
  /** What the field for numbers alone starts with; the country is that of numbers without a plus. */
  phone: PhoneField;
};

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
    back?: string | undefined;
  };
  legal?: Legal | undefined;
  problem?: Problem | undefined;
};

/** The terms of use and the privacy policy of the operator, and how people agree to them. */
export type Legal = {
  termsOfUseUrl: string | null;
  privacyPolicyUrl: string | null;
  /** By going on, by a box to tick, or not here. */
  agreement: 'going-on' | 'box' | 'elsewhere';
  /** Whether the box is ticked. */
  isAgreed?: boolean | undefined;
};

/** `/sign-in/password`. */
export type PasswordPage = {
  form: Form;
  identifier: IdentifierField;
  application?: string | undefined;
  legal?: Legal | undefined;
  links: { code?: Way | undefined; register?: Way | undefined; forgotPassword?: Way | undefined };
  problem?: Problem | undefined;
};

/** Asks for the code that was sent. */
export type CodePage = {
  form: Form;
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
  instead?: { form: Form; recipient: string } | undefined;
  /** Without one, the recipient is the one that it has to be. */
  links: {
    change?: string | undefined;
    /** To where a backup code is taken in its place. */
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

/** `/account`. */
export type AccountPage = {
  name: string | null;
  username: string | null;
  /** E.164; `undefined`: not shown. */
  phone: string | null | undefined;
  /** `undefined`: not shown. */
  email: string | null | undefined;
  /** `undefined`: not shown. */
  hasPassword: boolean | undefined;
  /** Whether signing in takes a second code; `undefined`: not shown. */
  hasSecondStep?: boolean | undefined;
  /** How many are unused, and whether that is few; `undefined`: not shown. */
  backupCodes?: { left: number; isFew: boolean } | undefined;
  sessions: readonly AccountSession[];
  /** To what can be changed. */
  links: {
    changePhone?: string | undefined;
    changeEmail?: string | undefined;
    /** Absent where it is the last way to sign in. */
    removePhone?: string | undefined;
    removeEmail?: string | undefined;
    changePassword?: string | undefined;
    changeSecondStep?: string | undefined;
    changeBackupCodes?: string | undefined;
  };
  endOtherSessions?: Form | undefined;
  signOut?: Form | undefined;
  /** What has just been done. */
  notice?:
    | 'phone-linked'
    | 'phone-changed'
    | 'phone-removed'
    | 'email-linked'
    | 'email-changed'
    | 'email-removed'
    | 'password-set'
    | 'password-changed'
    | 'session-ended'
    | 'second-step-on'
    | 'second-step-off'
    | 'backup-codes-kept'
    | undefined;
  problem?: Problem | undefined;
};

/** A browser in which the person is signed in. */
export type AccountSession = {
  /** Names, for example `Chrome` and `Windows`; empty where they are not known. */
  browser: string;
  system: string;
  /** Names of the applications that it is signed in to. */
  applications: readonly string[];
  /** When it began, in milliseconds since the epoch. */
  signedInAt: number;
  isCurrent: boolean;
  end?: Form | undefined;
};

/** Asks who it is before something about the account changes, or once more before somebody is signed in. */
export type VerifyYourselfPage = {
  reason:
    | 'sign-in'
    | 'change-phone'
    | 'remove-phone'
    | 'change-email'
    | 'remove-email'
    | 'change-password'
    | 'change-second-step'
    | 'change-backup-codes';
  /** Send a code to the person's number, to the address. */
  codes: readonly { form: Form; recipient: string }[];
  password?: { form: Form; knownAs: string } | undefined;
  links: {
    back: string;
    /** To where a backup code is taken. */
    backupCode?: string | undefined;
  };
  problem?: Problem | undefined;
};

/** Asks whether to switch the second step of one's own account. */
export type SecondStepPage = {
  isOn: boolean;
  form: Form;
  links: { back: string };
  problem?: Problem | undefined;
};

/** Shows backup codes that were just made: at the end of a sign-in or a sign-up, and in `/account`. */
export type BackupCodesPage = {
  codes: readonly string[];
  form: Form;
  /** Whether there are others, which end with it. */
  replaces: boolean;
  links: { back?: string | undefined };
  problem?: Problem | undefined;
};

/** Asks for a backup code in place of a second code. */
export type BackupCodePage = { form: Form; links: { back: string }; problem?: Problem | undefined };

/** Asks once more before the number or the address is taken off the account. */
export type RemoveRecipientPage = {
  form: Form;
  recipient: string;
  links: { back: string };
  problem?: Problem | undefined;
};

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
  link?: { href: string; text: 'try-again' | 'sign-in' } | undefined;
};
