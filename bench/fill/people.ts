/** Of New York, Los Angeles and so on; seven digits, of which the first chooses. */
const areas = [212, 213, 214, 305, 310, 312, 404, 415, 512, 617];

/** Where people are: how many of a hundred, and numbers that are theirs: what comes before so many digits. */
const countries = [
  { country: 'CN', share: 32, prefix: '+86139', digits: 8, locale: 'zh-CN' },
  { country: 'US', share: 18, prefix: '+1', digits: 7, locale: 'en' },
  { country: 'IN', share: 15, prefix: '+9198', digits: 8, locale: 'en' },
  { country: 'BR', share: 9, prefix: '+55119', digits: 8, locale: 'pt-BR' },
  { country: 'DE', share: 7, prefix: '+49151', digits: 8, locale: 'de' },
  { country: 'GB', share: 6, prefix: '+44740', digits: 7, locale: 'en' },
  { country: 'MX', share: 5, prefix: '+5255', digits: 8, locale: 'es' },
  { country: 'JP', share: 4, prefix: '+8190', digits: 8, locale: 'ja' },
  { country: 'FR', share: 3, prefix: '+3361', digits: 7, locale: 'fr' },
  { country: 'SG', share: 1, prefix: '+659', digits: 7, locale: 'en' },
];
/** The same numbers in every run, from 0 up to 1 (mulberry32). */
export function newRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The entry that so much of all entries leads to. @param chance from 0 up to 1 */
export function pick<T extends { share: number }>(entries: readonly T[], chance: number): T {
  let left = chance * 100;
  for (const entry of entries) {
    left -= entry.share;
    if (left < 0) return entry;
  }
  return entries[0] as T;
}

/** Where a user is, and their number: the same whenever it is asked for. */
export function personOf(index: number) {
  // 7,919 and the powers of ten have no factor in common, so no two users have one number.
  const { country, prefix, digits, locale } = pick(countries, ((index * 61) % 1_009) / 1_009);
  const number = String((index * 7_919) % 10 ** digits).padStart(digits, '0');
  const local = country === 'US' ? `${areas[Number(number.charAt(0))]}5${number.slice(1)}` : number;
  return { country, locale, phone: prefix + local };
}
