import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Total } from '../store/lists.ts';

const maxPageSize = 100;
const defaultPageSize = 20;

/** The query of a list: pages are numbered from 1. */
export const pagingQuery = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1).describe('Number of the page, from 1.'),
  page_size: z.coerce.number().int().min(1).max(maxPageSize).default(defaultPageSize).describe('Entries on a page.'),
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

/** What is to be changed in the address of a page to come to another one; nothing removes a parameter. */
export type Step = Record<string, string | number | undefined>;

/**
 * Says in headers how many entries there are in all, and where the other pages are: `Total-Number` and `Link`.
 * @see https://www.rfc-editor.org/rfc/rfc8288
 */
export function describePages(request: FastifyRequest, reply: FastifyReply, { total }: { total: number }): void {
  const { page, page_size: pageSize } = pagingQuery.parse(request.query);
  const last = Math.max(1, Math.ceil(total / pageSize));
  describeTotal(reply, { total, totalIs: 'exact' });
  describeLinks(request, reply, {
    first: { page: 1 },
    ...(page > 1 && { prev: { page: page - 1 } }),
    ...(page < last && { next: { page: page + 1 } }),
    last: { page: last },
  });
}

/** Says in headers how many entries there are, and how sure that is. */
export function describeTotal(reply: FastifyReply, { total, totalIs }: Total): void {
  reply.header('total-number', total).header('total-number-is', totalIs);
  if (totalIs === 'at-least') reply.header('total-number-is-capped', 'true');
}

/** Says in `Link` where the other pages are, by their relation to this one. */
export function describeLinks(request: FastifyRequest, reply: FastifyReply, steps: Record<string, Step>): void {
  const links = Object.entries(steps).map(([relation, step]) => `<${urlOf(request, step)}>; rel="${relation}"`);
  reply.header('link', links.join(', '));
}

/** Without the host where the client named none that can be one: links may be relative (RFC 8288, section 3.1). */
function urlOf({ protocol, host, url }: FastifyRequest, step: Step): string {
  const named = URL.parse(url, `${protocol}://${host}`);
  const target = named ?? new URL(url, 'http://localhost');
  for (const [name, value] of Object.entries(step)) {
    if (value === undefined) target.searchParams.delete(name);
    else target.searchParams.set(name, String(value));
  }
  return named ? target.href : `${target.pathname}${target.search}`;
}
