const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A form as it is saved, and whether that would undo what somebody else has changed. */
export type Merged<Values> = { start: Values; values: Values; isConflict: boolean };

/**
 * Brings what was changed in a form to what is stored by now: what only one side has changed is as that side has it.
 * Objects are looked through; a list is one value.
 * @param start what was stored when the form began
 * @param values what is in the form
 * @param now what is stored
 * @returns with `isConflict` where both sides have changed one value, and not to the same; it is as the form has it
 */
export function merge<Values extends object>(start: Values, values: Values, now: Values): Merged<Values> {
  const { value, isConflict } = mergeValue(start, values, now);
  return { start: now, values: value as Values, isConflict };
}

function mergeValue(start: unknown, mine: unknown, now: unknown): { value: unknown; isConflict: boolean } {
  if (isSame(start, mine)) return { value: now, isConflict: false };
  if (isSame(start, now) || isSame(mine, now)) return { value: mine, isConflict: false };
  if (!isObject(start) || !isObject(mine) || !isObject(now)) return { value: mine, isConflict: true };
  const keys = [...new Set([...Object.keys(now), ...Object.keys(mine)])];
  const merged = keys.map((key) => ({ key, ...mergeValue(start[key], mine[key], now[key]) }));
  // What one side has taken out is in neither.
  const left = merged.filter(({ value }) => value !== undefined);
  return {
    value: Object.fromEntries(left.map(({ key, value }) => [key, value])),
    isConflict: merged.some(({ isConflict }) => isConflict),
  };
}
