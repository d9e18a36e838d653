import type { Form } from './page.ts';
import type { Problem } from './problem.ts';
import type { TrustChoice } from './sign-in-pages.ts';

/** `/account`. */
export type AccountPage = {
  name: string | null;
  username: string | null;
  /** E.164; `undefined`: not shown. */
  phone: string | null | undefined;
  /** `undefined`: not shown. */
  email: string | null | undefined;
  /** Beside them. */
  otherPhones?: readonly OtherRecipient[];
  otherEmails?: readonly OtherRecipient[];
  /** `undefined`: not shown. */
  hasPassword: boolean | undefined;
  /** Whether signing in takes a second code; `undefined`: not shown. */
  hasSecondStep?: boolean | undefined;
  /** How many are unused, and whether that is few; `undefined`: not shown. */
  backupCodes?: { left: number; isFew: boolean } | undefined;
  /** Since when there is an authenticator app (milliseconds since the epoch), null for none; `undefined`: not shown. */
  authenticatorSince?: number | null | undefined;
  sessions: readonly AccountSession[];
  /** Where no second code is asked for. */
  trustedBrowsers?: readonly TrustedBrowser[];
  /** To what can be changed. */
  links: {
    changePhone?: string | undefined;
    changeEmail?: string | undefined;
    /** Absent where there is none yet, or where there may be no more. */
    addPhone?: string | undefined;
    addEmail?: string | undefined;
    /** Absent where it is the last way to sign in. */
    removePhone?: string | undefined;
    removeEmail?: string | undefined;
    changePassword?: string | undefined;
    changeSecondStep?: string | undefined;
    changeBackupCodes?: string | undefined;
    changeAuthenticator?: string | undefined;
    removeAuthenticator?: string | undefined;
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
    | 'trust-ended'
    | 'authenticator-added'
    | 'authenticator-changed'
    | 'authenticator-removed'
    | undefined;
  problem?: Problem | undefined;
};

/** A number or an address beside the primary one, with what can be done about it. */
export type OtherRecipient = {
  value: string;
  makePrimary: string | undefined;
  /** Absent where it is the last way to sign in. */
  remove: string | undefined;
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
    | 'change-backup-codes'
    | 'change-authenticator'
    | 'remove-authenticator';
  /** Send a code to the person's number, to the address. */
  codes: readonly { form: Form; recipient: string }[];
  password?: { form: Form; knownAs: string } | undefined;
  links: {
    back: string;
    /** To where a code of the authenticator app is taken. */
    authenticator?: string | undefined;
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

/** Says that there are backup codes already, so that none are shown. */
export type BackupCodesTherePage = { form: Form };

/** Asks for a backup code in place of a second code. */
export type BackupCodePage = { form: Form; links: { back: string }; problem?: Problem | undefined };

/**
 * Shows the secret of an authenticator app that is being set up: at the end of a sign-in or a sign-up, and in
 * `/account`.
 */
export type NewAuthenticatorPage = {
  /** In base32. */
  secret: string;
  /** The same for the app: `otpauth://totp/…`. */
  uri: string;
  codeLength: number;
  form: Form;
  /** Whether there is another one, which ends with it. */
  replaces: boolean;
  isInSignIn: boolean;
  /** Does without, where it is asked for and may be left. */
  skip?: Form | undefined;
  links: {
    /** To where codes are had that are sent. */
    codes?: string | undefined;
    back: string;
  };
  problem?: Problem | undefined;
};

/** A browser in which no second code is asked for. */
export type TrustedBrowser = {
  /** Names that people know; empty for others. */
  browser: string;
  system: string;
  /** Milliseconds since the epoch. */
  trustedUntil: number;
  isCurrent: boolean;
  end: Form | undefined;
};

/** Asks for a code of the authenticator app. */
export type AuthenticatorPage = {
  codeLength: number;
  form: Form;
  trust?: TrustChoice | undefined;
  links: {
    /** To where a code is sent in its place. */
    codes?: string | undefined;
    /** To where a backup code is taken in its place. */
    backupCode?: string | undefined;
    back: string;
  };
  problem?: Problem | undefined;
};

/** Asks once more before the authenticator app is taken off the account. */
export type RemoveAuthenticatorPage = { form: Form; links: { back: string }; problem?: Problem | undefined };

/**
 * Asks once more before something is done with one number or address of the account: it is taken off it, or becomes the
 * primary one.
 */
export type RecipientDeedPage = {
  form: Form;
  recipient: string;
  links: { back: string };
  problem?: Problem | undefined;
};
