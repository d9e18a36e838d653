import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../../errors.ts';
import type { Platform } from '../../platform.ts';
import type { SecretKeys } from '../../secrets/secret-keys.ts';
import { type Page, type Place, type Sort, type Start, sorts } from '../../store/listing.ts';
import type { Extent } from '../../store/lists.ts';
import { describeLinks, describeTotal, pagingQuery, type Step } from '../paging.ts';
import { createStillAdmitted, seesNumbers } from '../roles.ts';
import { type Listing, openPlace, sealPlace } from './cursors.ts';
import { type ExportFormat, exportEntries, exportTypes } from './export.ts';

/** Entries that a page may have before it, when it is found by its number: they are walked past. */
const maxOffset = 1_000_000;

const cursor = z.string().min(1).max(1024).optional();
const time = z.coerce.number().int().min(0).max(8_640_000_000_000_000).optional();

/** The query of a list that may have millions of entries. */
export const longListQuery = z.object({
  page: pagingQuery.shape.page
    .unwrap()
    .optional()
    .describe('Number of the page, from 1, for the first million entries; 1 where nothing is said.'),
  page_size: pagingQuery.shape.page_size.unwrap().optional().describe('Entries on a page; 20 where nothing is said.'),
  after: cursor.describe('The page after what had this `Next-Cursor`, at any depth; instead of `page`.'),
  before: cursor.describe('The page before what had this `Previous-Cursor`; instead of `page`.'),
  sort: z.enum(sorts).optional().describe('What comes first; the newest where nothing is said.'),
  format: z
    .enum(['json', 'csv', 'ndjson'])
    .optional()
    .describe(
      '`csv` or `ndjson` exports all entries that match instead of a page, or all after `after`; `Accept: text/csv` and `application/x-ndjson` do the same. Where a spreadsheet would run a cell, or what follows a semicolon or a line break in one, as a formula, an apostrophe stands before it. An export asks again each second whether who began it still may, and breaks off where not.',
    ),
  from: time.describe('Only from this time on; milliseconds since the epoch.'),
  until: time.describe('Only before this time; milliseconds since the epoch.'),
});

/** What operations on long lists say of their pages. */
export const aboutPages =
  'Newest first, or with `sort=oldest` oldest first. `Link` says where the other pages are; `Next-Cursor` and `Previous-Cursor` are for `after` and `before`, which find a page at once however far down it is. `Total-Number` says how many entries there are, and `Total-Number-Is` how sure that is: `exact`; `about`, for whole lists of more than 100,000; `at-least`, where a search has counted to 10,000 or for two seconds (`Total-Number-Is-Capped` says the same). Pages that are found by a cursor do not say it. What takes longer than ten seconds to find is refused.';

type Query = Omit<z.infer<typeof longListQuery>, 'sort'> & { sort?: string | undefined };

/** What a list is in the order of, where that is no time, and which way. */
type Order = { by: string; sort: Sort };

type LongList<Entry> = {
  table: Listing;
  order?: Order | undefined;
  /** Entries on a page where nothing is said. */
  pageSize?: number;
  /** The fields of an entry, in the order of a table. */
  columns: readonly string[];
  page: (page: Page) => Promise<Extent & { entries: Entry[] }>;
  every: (start: Start) => AsyncGenerator<Entry[]>;
};

/**
 * Answers with a page and says in headers where the others are, or with an export of everything.
 * @throws ApiError `guard.invalid_input`, `request.too_broad`, `system.too_many_reads`
 */
export async function answerLongList<Entry extends Record<string, unknown>>(
  request: FastifyRequest<{ Querystring: Query }>,
  reply: FastifyReply,
  deps: { secretKeys: SecretKeys; platform: Pick<Platform, 'now'> },
  list: LongList<Entry>,
): Promise<Entry[]> {
  const { query } = request;
  const { secretKeys } = deps;
  const { table } = list;
  const { by, sort } = list.order ?? { by: undefined, sort: sorts.find((each) => each === query.sort) };
  const open = (name: 'after' | 'before') => query[name] && openPlace(secretKeys, { table, by }, query[name], name);
  const [after, before] = [open('after') || undefined, open('before') || undefined];
  checkQuery(query);
  const format = query.format ?? acceptedFormat(request);
  if (format !== 'json') return answerExport(request, reply, deps, { ...list, format, start: { sort, after } });
  const { page = 1, page_size: limit = list.pageSize ?? pagingQuery.shape.page_size.parse(undefined) } = query;
  const offset = (page - 1) * limit;
  if (offset > maxOffset) {
    throw invalid('page', 'Pages have numbers up to the first million entries. Go on with `after`: `Link` has it.');
  }
  const found = await list.page({ limit, sort, ...(after ? { after } : before ? { before } : { offset }) });
  const cursorOf = (place: Place | undefined) => place && sealPlace(secretKeys, { table, by }, place);
  const next = found.isBeforeOthers ? cursorOf(found.last) : undefined;
  const previous = found.isAfterOthers ? cursorOf(found.first) : undefined;
  if (next) reply.header('next-cursor', next);
  if (previous) reply.header('previous-cursor', previous);
  if (found.total !== undefined) describeTotal(reply, found);
  const isByCursor = Boolean(after || before);
  const last =
    found.total !== undefined && found.totalIs === 'exact' ? Math.max(1, Math.ceil(found.total / limit)) : undefined;
  describeLinks(request, reply, {
    first: { page: isByCursor ? undefined : 1, after: undefined, before: undefined },
    ...(isByCursor ? byCursor(previous, next) : byNumber({ page, limit, next })),
    ...(last !== undefined && { last: { page: last } }),
  });
  return found.entries;
}

const byCursor = (previous: string | undefined, next: string | undefined): Record<string, Step> => ({
  ...(previous && { prev: { before: previous, after: undefined, page: undefined } }),
  ...(next && { next: { after: next, before: undefined, page: undefined } }),
});

function byNumber({ page, limit, next }: { page: number; limit: number; next: string | undefined }) {
  const isReachable = page * limit <= maxOffset;
  return {
    ...(page > 1 && { prev: { page: page - 1 } }),
    ...(next && { next: isReachable ? { page: page + 1 } : { after: next, page: undefined } }),
  };
}

function checkQuery({ page = 1, page_size, after, before, format }: Query): void {
  if (after && before) throw invalid('before', 'Give `after` or `before`.');
  if ((after || before) && page > 1) throw invalid('page', 'Give a number of a page or a cursor.');
  if (format === undefined || format === 'json') return;
  if (before) throw invalid('before', 'An export goes on `after` a place.');
  if (page > 1 || page_size) throw invalid('page', 'An export has no pages. Leave out `page` and `page_size`.');
}

async function answerExport<Entry extends Record<string, unknown>>(
  request: FastifyRequest,
  reply: FastifyReply,
  { platform }: { platform: Pick<Platform, 'now'> },
  { table, columns, every, format, start }: LongList<Entry> & { format: ExportFormat; start: Start },
): Promise<never> {
  reply.header('content-type', exportTypes[format]);
  reply.header('content-disposition', `attachment; filename="${table.replace('_', '-')}.${format}"`);
  // Only the headers are asked for: nothing needs to be read.
  if (request.method === 'HEAD') return reply.send('') as never;
  const isMasked = !seesNumbers(request);
  const checkAdmitted = createStillAdmitted(request, reply, platform);
  return reply.send(await exportEntries(every(start), { format, columns, isMasked, checkAdmitted })) as never;
}

function acceptedFormat({ headers: { accept = '' } }: FastifyRequest): 'json' | ExportFormat {
  if (/\btext\/csv\b/i.test(accept)) return 'csv';
  return /\bapplication\/(x-ndjson|ndjson|jsonl)\b/i.test(accept) ? 'ndjson' : 'json';
}

const invalid = (path: string, message: string) =>
  new ApiError('guard.invalid_input', { issues: [{ in: 'querystring', path, message }] });
