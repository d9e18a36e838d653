import type { FastifyReply } from 'fastify';
import { z } from 'zod';

const maxPageSize = 100;

/** The query of a list: pages are numbered from 1. */
export const pagingQuery = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1).describe('Number of the page, from 1.'),
  page_size: z.coerce.number().int().min(1).max(maxPageSize).default(20).describe('Entries on a page.'),
});

/** Where a page begins and how long it is. */
export function sliceOf({ page, page_size }: z.infer<typeof pagingQuery>): { limit: number; offset: number } {
  return { limit: page_size, offset: (page - 1) * page_size };
}

/** Says how many entries there are in all, in the header `Total-Number`. */
export function setTotal(reply: FastifyReply, total: number): void {
  reply.header('total-number', total);
}
