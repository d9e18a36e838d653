import type { FastifyInstance } from 'fastify';

/** The answer to a human check is the longest that anybody sends who is not known: 16 kB. */
const maxBodyBytes = 32 * 1024;
/** The longest form has a few short fields. */
const maxFormBytes = 16 * 1024;

const formType = 'application/x-www-form-urlencoded';

/** Bounds the bodies in the scope of `app`, where anybody may call: whatever they send is read and checked. */
export function boundOpenBodies(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.bodyLimit = maxBodyBytes;
  });
}

/** Lets the operations in the scope of `app` take forms. */
export function takeForms(app: FastifyInstance): void {
  app.addContentTypeParser(formType, { parseAs: 'string', bodyLimit: maxFormBytes }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
  );
}
