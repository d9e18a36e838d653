/** Where people show that they are some. */
export const checkPath = '/sign-in/check';

/** What goes on once a check is passed, as the URL of its page says. */
export type AfterCheck =
  /**
   * To send a code to what was typed, to send another one, or one elsewhere; the first one where no verification is
   * named.
   */
  | { next: 'send'; event: string }
  | { next: 'resend' | 'instead'; event: string; verification: string }
  /** To say who it is, and finish. */
  | { next: 'go-on'; verification?: string };
