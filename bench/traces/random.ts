/** Randomness that is the same for the same seed: mulberry32. */
export function seeded(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (share: number) => next() < share,
    pick: <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item,
    digits: (length: number) => Array.from({ length }, () => below(10)).join(''),
    /** The wait until the next of things that come at random, so many in a second. */
    wait: (perSecond: number) => -Math.log(1 - next()) / perSecond,
  };
}
export type Random = ReturnType<typeof seeded>;
