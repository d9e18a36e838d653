/** Rows on a page of a list. */
export const pageSize = 20;

/** The number of a page as it stands in an address; `undefined` for the first one and for anything else. */
export function pageNumberIn(value: unknown): number | undefined {
  const page = Number(value);
  return Number.isInteger(page) && page > 1 && page <= 1_000_000 ? page : undefined;
}
