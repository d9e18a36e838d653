import type { FastifyInstance } from 'fastify';
import { ApiError } from '../errors.ts';

/** More levels than people write by hand. What walks through a value calls itself once for each. */
const maxLevels = 64;

/**
 * Reads JSON as Fastify does, and refuses what is nested too deeply. Nothing at all is no body: clients name the type in
 * every request, also of operations that take none.
 */
export function parseJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    parse(request, body, (error, value) => {
      if (error) done(error);
      else if (isDeeper(value, maxLevels)) done(tooDeep());
      else done(null, value);
    });
  });
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));

function tooDeep(): ApiError {
  const message = `The values may be nested ${maxLevels} levels deep.`;
  return new ApiError('guard.invalid_input', { issues: [{ in: 'body', path: '', message }] });
}
