/** A text by itself needs no more than a mark that no list begins with. */
const keyOf = (given: readonly (string | undefined)[]): string =>
  given.length === 1 && given[0] !== undefined ? `=${given[0]}` : JSON.stringify(given);

/**
 * The same function of texts, which keeps what it gave for at least the last so many of them, and for twice as many at
 * most. What it gives is shared: nobody changes it.
 */
export function remember<Given extends readonly (string | undefined)[], Value>(
  max: number,
  read: (...given: Given) => Value,
): (...given: Given) => Value {
  let recent = new Map<string, { value: Value }>();
  // To take the oldest out of one map, one by one, costs more than most of what is remembered.
  let before = recent;
  return (...given) => {
    const key = keyOf(given);
    const kept = recent.get(key);
    if (kept) return kept.value;
    const found = before.get(key) ?? { value: read(...given) };
    if (recent.size === max) {
      before = recent;
      recent = new Map();
    }
    recent.set(key, found);
    return found.value;
  };
}
