import { ReportRefusal, type ReportRequest } from '@sesame/connector-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { messageParameter } from '../../messaging/report-addresses.ts';
import type { DeliveryReports } from '../../messaging/reports.ts';

/** SendGrid puts up to 768 kB of events into one request. Nothing is read of who does not know the address. */
const maxBodyBytes = 1024 * 1024;

const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(?:;|$)/;

const statusOf = { forged: 403, unreadable: 400, unchecked: 503 };

type Deps = { reports: DeliveryReports; settings: { publicUrl: string } };

/**
 * `GET` and `POST /callbacks/:connectorId/:secret`: where providers report what became of messages. A message that is
 * not known is answered like one that is: the provider would go on telling us for hours. No browser comes here, so this
 * stands beside the hooks that are for browsers and people.
 */
export async function takeReports(app: FastifyInstance, { reports, settings }: Deps): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBodyBytes }, (_request, body, done) =>
      done(null, body),
    );
    scope.route<{ Params: { connectorId: string; secret: string }; Querystring: Record<string, unknown> }>({
      onRequest: async ({ params, headers }) => {
        reports.checkAddress(params.connectorId, params.secret);
        // What is no media type says nothing, and would be refused before the connector looks at the body.
        if (!mediaType.test(headers['content-type'] ?? '')) delete headers['content-type'];
      },
      method: ['GET', 'POST'],
      url: '/callbacks/:connectorId/:secret',
      schema: { hide: true },
      handler: async (request, reply) => {
        const { connectorId } = request.params;
        const named = request.query[messageParameter];
        reply.header('x-content-type-options', 'nosniff');
        const messageId = typeof named === 'string' && /^[\w-]{1,64}$/.test(named) ? named : undefined;
        try {
          const answer = await reports.take(connectorId, messageId, asItCame(request, settings));
          return reply.type(answer?.contentType ?? 'text/plain').send(answer?.body ?? '');
        } catch (error) {
          if (!(error instanceof ReportRefusal)) throw error;
          request.log.warn(
            { connectorId, reason: error.reason, problem: error.message },
            'a delivery report is refused',
          );
          return reply.code(statusOf[error.reason]).type('text/plain').send(error.message);
        }
      },
    });
  });
}

/** The public URL may have changed since the address was given out, so the one of the request counts as well. */
function asItCame(request: FastifyRequest, { publicUrl }: Deps['settings']): ReportRequest {
  const { method, url, headers, body } = request;
  return {
    method,
    // Many providers sign no address, and then nobody asks for it, or for what a proxy said of it.
    get urls() {
      const { host, protocol } = request;
      return (
        [...new Set([publicUrl, `https://${host}`, `${protocol}://${host}`])]
          .map((origin) => `${origin}${url}`)
          // A client may call itself anything.
          .filter((called) => URL.canParse(called))
      );
    },
    // Of those of a request, Node makes a list of none.
    headers: headers as ReportRequest['headers'],
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}
