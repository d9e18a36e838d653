import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

const maxPageSize = 100;

/** The query of a list: pages are numbered from 1. */
export const pagingQuery = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1).describe('Number of the page, from 1.'),
  page_size: z.coerce.number().int().min(1).max(maxPageSize).default(20).describe('Entries on a page.'),
});

/** The query of a list that comes whole unless a page is asked for. */
export const optionalPagingQuery = z.object({
  page: pagingQuery.shape.page.unwrap().optional().describe('Number of the page, from 1; with neither, all entries.'),
  page_size: pagingQuery.shape.page_size
    .unwrap()
    .optional()
    .describe('Entries on a page; 20 where only `page` is said.'),
});

type Paging = z.infer<typeof pagingQuery>;

/** Where a page begins and how long it is. */
export function sliceOf({ page, page_size }: Paging): { limit: number; offset: number } {
  return { limit: page_size, offset: (page - 1) * page_size };
}

/**
 * Says in headers how many entries there are in all, and where the other pages are: `Total-Number` and `Link`.
 * @param isCapped whether there may be more than this: then nobody knows which page is the last
 * @see https://www.rfc-editor.org/rfc/rfc8288
 */
export function describePages(
  request: FastifyRequest,
  reply: FastifyReply,
  { total, isCapped = false }: { total: number; isCapped?: boolean },
): void {
  const { page, page_size: pageSize } = pagingQuery.parse(request.query);
  const last = Math.max(1, Math.ceil(total / pageSize));
  const pages = {
    first: 1,
    ...(page > 1 && { prev: page - 1 }),
    ...(page < last && !isCapped && { next: page + 1 }),
    ...(!isCapped && { last }),
  };
  reply.header('total-number', total);
  if (isCapped) reply.header('total-number-is-capped', 'true');
  reply.header(
    'link',
    Object.entries(pages)
      .map(([name, number]) => `<${urlOf(request, number)}>; rel="${name}"`)
      .join(', '),
  );
}

/** Without the host where the client named none that can be one: links may be relative (RFC 8288, section 3.1). */
function urlOf({ protocol, host, url }: FastifyRequest, page: number): string {
  const named = URL.parse(url, `${protocol}://${host}`);
  const target = named ?? new URL(url, 'http://localhost');
  target.searchParams.set('page', String(page));
  return named ? target.href : `${target.pathname}${target.search}`;
}
