import type { Store } from './store.ts';

/** Four megabytes: where three million names are noted, one in a hundred of all others seems to be. */
const bits = 2 ** 25;
/** Where more are, too many others seem to be. */
const mostNames = 10_000_000;
/** Where the table is read in any case: the time that it takes must not show of whose number there is something. */
const isOfNumber = (name: string): boolean => name.startsWith('number:');
/** Noting so many at once takes a millisecond. */
const namesAtOnce = 2000;

/**
 * The names that have a budget, so that the table need not be read for those that nobody has asked by before, as most of an
 * attack are. A Bloom filter (Bloom, CACM 13, 1970) with positions made of two hashes (Kirsch and Mitzenmacher, ESA 2006):
 * some names seem to be there that are not, and so do those whose budgets have been deleted.
 */
export function createNames() {
  const words = new Uint32Array(bits / 32);
  let isComplete = false;

  function add(name: string): void {
    if (isOfNumber(name)) return;
    for (const bit of bitsOf(name)) words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << (bit & 31));
  }

  return {
    /** Notes a name of which the table will tell, or does. */
    add,

    /** Whether a name may have a budget; numbers may, each of them. */
    mayHave: (name: string): boolean =>
      !isComplete || isOfNumber(name) || bitsOf(name).every((bit) => (words[bit >>> 5] as number) & (1 << (bit & 31))),

    /** Notes the names that the table has, by and by. Until then each may have a budget, and always where they are too many. */
    async read({ reader }: Pick<Store, 'reader'>): Promise<void> {
      let last = '';
      for (let count = 0; count < mostNames; count += namesAtOnce) {
        const query = reader.selectFrom('guard_budgets').select('scope').where('scope', '>', last).orderBy('scope');
        const rows = await query.limit(namesAtOnce).execute();
        for (const { scope } of rows) add(scope);
        last = rows.at(-1)?.scope ?? last;
        isComplete = rows.length < namesAtOnce;
        if (isComplete) return;
      }
    },
  };
}

/** Where a name is noted: by two hashes of 32 bits, made as FNV-1a is; the second one is odd, so that no bit comes twice. */
function bitsOf(name: string): number[] {
  let [one, another] = [0x811c9dc5, 0x9e3779b9];
  for (let index = 0; index < name.length; index += 1) {
    const unit = name.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    another = Math.imul(another ^ unit, 0x85ebca6b);
  }
  const first = (one ^ (one >>> 15)) >>> 0;
  const step = ((another ^ (another >>> 13)) | 1) >>> 0;
  return [first, first + step, first + 2 * step, first + 3 * step].map((bit) => bit % bits);
}
