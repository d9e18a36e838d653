/** Another spelling of numbers of a country, and the one that they are kept in. */
export type PhoneSpelling = {
  country: string;
  /** Matches the other spelling in E.164. */
  pattern: RegExp;
  /** The spelling that is kept, in the words of `String.replace`. */
  kept: string;
};

/**
 * Numbers that reach one phone in two spellings. Each is kept in the one that is dialled from abroad today, so that they
 * are one account.
 *
 * - Mexico: the 1 of mobiles went on 3 August 2019 (Plan Técnico Fundamental de Numeración of the IFT, 11 May 2018).
 * - Argentina: mobiles have a 9 after the country code, and people leave it out (ITU-T E.164 national numbering plan of
 *   Argentina, +54). Area code and number are never those of a fixed line as well. The 15 of calls inside the country,
 *   between the two, is not part of the number.
 * - Brazil: mobiles got a ninth digit, a 9 in front, from 2012 to 2016 (Resolução 553/2010 of Anatel).
 * - Benin: every number got 01 in front on 30 November 2024 (ARCEP Bénin, plan national de numérotation).
 */
export const phoneSpellings: readonly PhoneSpelling[] = [
  { country: 'MX', pattern: /^\+521(\d{10})$/, kept: '+52$1' },
  { country: 'AR', pattern: /^\+54([1-3]\d{9})$/, kept: '+549$1' },
  { country: 'AR', pattern: /^\+549(?=\d{12}$)(11|[23]\d{2,3})15(\d{6,8})$/, kept: '+549$1$2' },
  { country: 'BR', pattern: /^\+55([1-9]\d)([6-9]\d{7})$/, kept: '+55$19$2' },
  { country: 'BJ', pattern: /^\+229(\d{8})$/, kept: '+22901$1' },
];

/** A number in E.164 in the spelling that is kept. */
export function keptSpelling(e164: string): string {
  const other = phoneSpellings.find(({ pattern }) => pattern.test(e164));
  return other ? e164.replace(other.pattern, other.kept) : e164;
}
