import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import { isStorable, unstorable } from '../kept-json.ts';

/**
 * Refuses U+0000 in paths and queries, where nothing of ours has it: PostgreSQL would take no statement with it. Bodies
 * are looked at where they are read, Node takes no header with it, and nothing else can be written in a URL that cannot
 * be kept.
 */
export function refuseUnstorableInput(app: FastifyInstance): void {
  app.addHook('preValidation', (request, _reply, done) => {
    done(request.url.includes('%00') ? refusalOf(request) : undefined);
  });
}

function refusalOf({ params, query }: FastifyRequest): ApiError | undefined {
  if (Object.values(params as object).some(isRefused)) return new ApiError('entity.not_found');
  const issues = Object.entries(query as object).flatMap(([name, value]) =>
    [name, value].flat().some(isRefused) ? [{ in: 'querystring', path: name, message: unstorable }] : [],
  );
  return issues.length > 0 ? new ApiError('guard.invalid_input', { issues }) : undefined;
}

const isRefused = (value: unknown): boolean => typeof value === 'string' && !isStorable(value);
