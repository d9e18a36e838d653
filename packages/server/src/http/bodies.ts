import type { FastifyInstance } from 'fastify';
import { maxCustomBytes } from '../kept-json.ts';

/** The answer to a human check is the longest that anybody sends who is not known: 16 kB. */
export const maxOpenBytes = 32 * 1024;
/** A user sends custom data, which some clients write in three times the bytes of what is kept. */
export const maxUserBytes = 4 * maxCustomBytes;
/** The longest form has a few short fields. */
const maxFormBytes = 16 * 1024;

const formType = 'application/x-www-form-urlencoded';

/**
 * Bounds the bodies in the scope of `app` by what the largest request of its operations needs: all of one is read and
 * checked.
 */
export function boundBodies(app: FastifyInstance, maxBytes: number): void {
  app.addHook('onRoute', (route) => {
    route.bodyLimit = maxBytes;
  });
}

/** Lets the operations in the scope of `app` take forms. */
export function takeForms(app: FastifyInstance): void {
  app.addContentTypeParser(formType, { parseAs: 'string', bodyLimit: maxFormBytes }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
  );
}
