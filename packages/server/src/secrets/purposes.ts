/** What is kept encrypted under the secret key, each for a purpose of its own; `key-change.ts` says where. */
export const purposes = {
  connectorConfig: () => 'connector config',
  signingKey: () => 'signing key',
  captchaProvider: () => 'captcha provider',
  testNumber: () => 'test number',
  authenticator: (administratorId: string) => `authenticator of ${administratorId}`,
} as const satisfies Record<string, (id: string) => string>;
