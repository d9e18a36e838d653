/** Longer names are not compared: whoever sends them made no slip of the finger. */
const maxComparedLength = 64;

/**
 * What to say of a name that is not known: the known one that was probably meant, or all of them.
 * @example unknownName('maxSendsPerAddres', ['maxSendsPerAddress', 'sendWindow'])
 */
export function unknownName(name: string, known: readonly string[]): string {
  const shown = JSON.stringify(name.slice(0, maxComparedLength));
  const meant = closestName(name, known);
  if (meant !== undefined) return `There is no ${shown} here; did you mean ${JSON.stringify(meant)}?`;
  return known.length === 0
    ? `Nothing is taken here, so ${shown} is not.`
    : `There is no ${shown} here; there are ${known.join(', ')}.`;
}

/** The known name that is a few letters away, whatever their case; `undefined` where none is. */
export function closestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > maxComparedLength) return undefined;
  const [best] = known
    .map((candidate) => ({ candidate, distance: distanceOf(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  return best && best.distance <= Math.floor(best.candidate.length / 3) ? best.candidate : undefined;
}

/**
 * How many letters have to be put in, taken out, replaced, or swapped with their neighbour (Damerau and Levenshtein, as
 * optimal string alignment).
 */
function distanceOf(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (let index = 1; index <= other.length; index += 1) {
      const replaced = (row[index - 1] ?? 0) + (letter === other[index - 1] ? 0 : 1);
      const isSwapped = letter === other[index - 2] && one[at - 1] === other[index - 1];
      const swapped = isSwapped ? (before[index - 2] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
