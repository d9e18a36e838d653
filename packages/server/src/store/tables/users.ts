export type UsersTable = {
  id: string;
  username: string | null;
  phone: string | null;
  /** As it was typed, but for its domain, which is in lower case and in ASCII. */
  email: string | null;
  /** The address in lower case: no other user has it. */
  email_key: string | null;
  name: string | null;
  /** URL. */
  avatar: string | null;
  /** Says by its form how it was made. */
  password_digest: string | null;
  is_suspended: number;
  /** JSON objects. */
  custom_data: string;
  profile: string;
  created_at: number;
  updated_at: number;
  last_sign_in_at: number | null;
  /** Sessions and verifications from before this time are void. */
  sessions_valid_from: number | null;
  /** The uid of the one session that stays good all the same. */
  kept_session: string | null;
  /** JSON of who gave the user the number that is there: `{type, id, name}`; null for the user. */
  phone_changed_by: string | null;
  /** The same of the address. */
  email_changed_by: string | null;
  /** When the password was set; null where nobody knows, or where there is none. */
  password_set_at: number | null;
  /** 1 for who wants no second code where the policy leaves it to them. */
  skips_second_factor: number;
  /** Numbers, then addresses, from `other_recipients` by triggers there, with spaces between them; null for none. */
  others: string | null;
  /** 1 for who was asked whether to have one, and does not want to. */
  declined_second_factor: number;
  /** At random, by the database: names that are nobody's lead to users by it. */
  place?: number;
} & UserSearchKeys;

/** A number or an address of a user beside the primary one; triggers keep it from being anybody else's. */
export type OtherRecipientsTable = Pick<UsersTable, 'id' | 'phone' | 'email' | 'email_key' | 'created_at'> & {
  user_id: string;
  /** As `phone_changed_by` of the user: who gave it, and then who took it away. */
  changed_by: string | null;
};

/** A code that a user keeps for a second step without the phone. */
export type BackupCodesTable = {
  user_id: string;
  /** HMAC-SHA-256 of the code. */
  digest: string;
  /** Those that were made together. */
  set_id: string;
  created_at: number;
  /** When it was used, and the verification that it made. */
  used_at: number | null;
  used_by: string | null;
};

/** A browser in which a user is not asked for a second factor again. */
export type TrustedDevicesTable = {
  id: string;
  user_id: string;
  /** SHA-256 of what the browser's cookie has. */
  digest: string;
  /** What came second when it was trusted. */
  factor: 'phone' | 'email' | 'totp';
  /** As sign-ins have it. */
  network: string;
  user_agent: string | null;
  /** When that was proven. */
  created_at: number;
  last_used_at: number | null;
  expires_at: number;
};

/** The authenticator app of a user. */
export type AuthenticatorsTable = {
  user_id: string;
  id: string;
  /** Encrypted. */
  secret: string;
  created_at: number;
  last_used_at: number | null;
  /** The time step of the code that was right last: none before it counts any more. */
  last_time_step: number;
  /** The verification that it made. */
  used_by: string | null;
};

/** What searches compare: folded texts as bytes, which sort alike in both databases. */
export type UserSearchKeys = {
  username_key: Uint8Array | null;
  name_key: Uint8Array | null;
  last_name_key: Uint8Array | null;
  /** The domain of the address, in Unicode. */
  email_domain_key: Uint8Array | null;
};

/** Another number of a user, by a trigger on `users`. */
export type PhoneChangesTable = {
  id: string;
  user_id: string;
  at: number;
  /** E.164; null where there was none, or is none any more. */
  phone_before: string | null;
  phone: string | null;
  /** As `phone_changed_by` of the user. */
  changed_by: string | null;
};

/** Another address of a user, by a trigger on `users`. */
export type EmailChangesTable = Pick<PhoneChangesTable, 'id' | 'user_id' | 'at'> & {
  /** As it was given; null where there was none, or is none any more. */
  email_before: string | null;
  email: string | null;
  /** As `email_changed_by` of the user. */
  changed_by: string | null;
};
