/**
 * The same function of texts, which keeps what it gave for the last so many of them. What it gives is shared: nobody
 * changes it.
 */
export function remember<Given extends readonly (string | undefined)[], Value>(
  max: number,
  read: (...given: Given) => Value,
): (...given: Given) => Value {
  const known = new Map<string, Value>();
  return (...given) => {
    const key = JSON.stringify(given);
    const kept = known.get(key);
    if (kept !== undefined || known.has(key)) return kept as Value;
    const value = read(...given);
    const [oldest] = known.size < max ? [] : known.keys();
    if (oldest !== undefined) known.delete(oldest);
    known.set(key, value);
    return value;
  };
}
