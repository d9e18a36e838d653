import { pageNumberIn } from './paging.ts';

/** Times back from now that a list can be narrowed down to, in milliseconds. */
export const periods = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000, month: 30 * 86_400_000 } as const;
export type Period = keyof typeof periods;

/** What every long list has in its address: a time, an order, and a page. Times are milliseconds since the epoch. */
export type ListSearch = {
  since?: Period;
  from?: number;
  until?: number;
  /** `oldest`, or what the API calls an order by a column. */
  sort?: string;
  /** The number of the page, which the cursors stand for where there are some. */
  page?: number;
  after?: string;
  before?: string;
};

const pageNames = ['page', 'after', 'before'] as const;
const otherNames = ['sort', ...pageNames] as const;

/**
 * Reads it from an address; what is none of it is left out.
 * @param columns what else than time the list can be in the order of
 */
export function readListSearch(search: Record<string, unknown>, columns: readonly string[] = []): ListSearch {
  const since = (Object.keys(periods) as Period[]).find((period) => period === search.since);
  const [from, until] = [timeIn(search.from), timeIn(search.until)];
  const [after, before] = [textIn(search.after), textIn(search.before)];
  const page = pageNumberIn(search.page);
  const sort = ['oldest', ...columns.flatMap((column) => [column, `-${column}`])].find((each) => each === search.sort);
  return {
    ...(since && { since }),
    ...(!since && from !== undefined && { from }),
    ...(!since && until !== undefined && { until }),
    ...(sort && { sort }),
    ...(page && { page }),
    ...(after && { after }),
    ...(before && !after && { before }),
  };
}

/** Reads these texts from an address, where they are. A number that is written without a plus arrives as a number. */
export function readTexts<Name extends string>(
  search: Record<string, unknown>,
  names: readonly Name[],
): { [N in Name]?: string } {
  const found = names.flatMap((name) => {
    const text = textIn(search[name]);
    return text ? [[name, text] as const] : [];
  });
  return Object.fromEntries(found) as { [N in Name]?: string };
}

/** What was typed or pasted, without what stands around it and is not seen. */
export const typedText = (typed: string): string => typed.replace(/^[\s\p{Cc}\p{Cf}]+|[\s\p{Cc}\p{Cf}]+$/gu, '');

/** What the API is asked for: relative times are counted from `now`. */
export const listQueryOf = ({ since, from, until, sort, page, after, before }: ListSearch, now: number) => ({
  from: since ? now - periods[since] : from,
  until,
  sort,
  ...(after ? { after } : before ? { before } : { page }),
});

/** The address without its page: after a filter was changed, the list begins anew. */
export const withoutPage = <Search extends object>(search: Search): Search => without(search, pageNames);

/** Whether anything but the order and the page was chosen. */
export const isFiltered = (search: object): boolean =>
  Object.values(without(search, otherNames)).some((value) => value !== undefined);

function without<Search extends object>(search: Search, names: readonly string[]): Search {
  return Object.fromEntries(Object.entries(search).filter(([name]) => !names.includes(name))) as Search;
}

const textIn = (value: unknown): string | undefined =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value).slice(0, 1024) : undefined;

function timeIn(value: unknown): number | undefined {
  const time = Number(value);
  return value !== '' && Number.isInteger(time) && time > 0 && time <= 8.64e15 ? time : undefined;
}
