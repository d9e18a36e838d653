import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { strictly } from '../strict-schema.ts';
import { unknownName } from '../unknown-name.ts';

const nothing = z.object({});

/**
 * Refuses what an operation does not have: a query parameter or a field of the body, however deep. A caller whose field
 * is dropped would take it for done. Operations that say nothing of a query or a body take none.
 */
export function refuseUnknownInput(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { schema = {}, path } = route;
    // Pages take what links and forms of other times bring along.
    if (schema.hide || !path.startsWith('/api/')) return;
    const { querystring = nothing, body } = schema as { querystring?: z.ZodType; body?: z.ZodType };
    route.schema = { ...schema, querystring: strictly(querystring), ...(body && { body: strictly(body) }) };
    if (!body) route.preValidation = [refuseFields, route.preValidation ?? []].flat();
  });
}

async function refuseFields({ body }: FastifyRequest): Promise<void> {
  const [key] = fieldsOf(body);
  if (key === undefined) return;
  throw new ApiError('guard.invalid_input', { issues: [{ in: 'body', path: key, message: unknownName(key, []) }] });
}

/** The names in a JSON object; a body may also be a stream that is still to be read. */
const fieldsOf = (body: unknown): string[] =>
  typeof body === 'object' && body !== null && Object.getPrototypeOf(body) === Object.prototype
    ? Object.keys(body)
    : [];
