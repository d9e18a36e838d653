import type { FastifyInstance } from 'fastify';
import { checkJson } from '../kept-json.ts';

/**
 * Reads JSON as Fastify does, and refuses what is nested too deeply or cannot be kept. Nothing at all is no body: clients
 * name the type in every request, also of operations that take none.
 */
export function parseJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    parse(request, body, (error, value) => {
      if (error) return done(error);
      try {
        checkJson(value);
      } catch (refusal) {
        return done(refusal as Error);
      }
      done(null, value);
    });
  });
}
