/** Mails as their readers see them. */
export const mails = { scheme: 'Look of the mail', light: 'Light', dark: 'Dark', frame: 'The mail' } as const;
