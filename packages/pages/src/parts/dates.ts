/** Codes and phone numbers are in these digits in every language, so days are, too. */
const numberingSystem = 'latn';

/** A day, as people read it. */
export const dayIn = (language: string, at: number): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC', numberingSystem }).format(at);

/** A point in time, as people read it; a script puts it into their time zone. */
export const timeIn = (language: string, at: number): string =>
  `${new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC', numberingSystem }).format(at)} UTC`;
