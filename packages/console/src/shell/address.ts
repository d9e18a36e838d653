/**
 * Reads what stands behind the ? of an address, and takes everything else out of it: what is not known shows as what it
 * is by default, and goes from the address.
 */
export const addressOf =
  <Search extends object>(read: (search: Record<string, unknown>) => Search) =>
  (search: Record<string, unknown>): Search => ({
    // What is left out would stay as it was typed.
    ...Object.fromEntries(Object.keys(search).map((name) => [name, undefined])),
    ...read(search),
  });

/** The value of the list that stands in an address, where it is one. */
export const oneOf = <Value extends string | number>(known: readonly Value[], value: unknown): Value | undefined =>
  typeof value === 'object' ? undefined : known.find((each) => String(each) === String(value));

/** The same under its name, as a part of what is read. */
export function oneOfNamed<Name extends string, const Known extends readonly (string | number)[]>(
  name: Name,
  known: Known,
  search: Record<string, unknown>,
): { [Key in Name]?: Known[number] } {
  const found = oneOf(known, search[name]);
  return (found === undefined ? {} : { [name]: found }) as { [Key in Name]?: Known[number] };
}
