import type { FastifyInstance } from 'fastify';
import { checkLevels } from '../json-levels.ts';

/** Reads JSON as Fastify does, and refuses what is nested too deeply. */
export function parseJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    parse(request, body, (error, value) => {
      if (error) return done(error);
      try {
        checkLevels(value);
      } catch (refusal) {
        return done(refusal as Error);
      }
      done(null, value);
    });
  });
}
