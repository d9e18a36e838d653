declare const named: unique symbol;
/** What something is encrypted for. All there are stand here, so that none is forgotten when the secret key changes. */
export type Purpose = string & { [named]: true };
const purpose = (name: string) => name as Purpose;

/** What is kept encrypted under the secret key, each for a purpose of its own; `key-change.ts` says where. */
export const purposes = {
  connectorConfig: () => purpose('connector config'),
  signingKey: () => purpose('signing key'),
  captchaProvider: () => purpose('captcha provider'),
  testNumber: () => purpose('test number'),
  authenticator: (administratorId: string) => purpose(`authenticator of ${administratorId}`),
  userAuthenticator: (userId: string) => purpose(`authenticator of user ${userId}`),
  newAuthenticator: (verificationId: string) => purpose(`new authenticator ${verificationId}`),
  hookConfig: () => purpose('webhook configuration'),
  hookSigningKey: () => purpose('webhook signing key'),
} as const satisfies Record<string, (id: string) => Purpose>;

/** What is encrypted for a while and kept nowhere: under another key it is good for nothing. */
export const passing = {
  codeLink: purpose('code link'),
  wait: purpose('wait instead of a check'),
  cursor: (list: string) => purpose(`cursor of ${list}`),
} as const;
