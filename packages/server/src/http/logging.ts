import {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import { levels } from 'pino';
import type { Config } from '../config.ts';
import type { Platform } from '../platform.ts';
import { toAddress } from '../protection/networks.ts';
import { databaseAway } from '../store/unavailable.ts';
import { createAwayLines } from './away-lines.ts';
import { redact } from './log-redaction.ts';

type LoggerOptions = Exclude<FastifyServerOptions['logger'], boolean | undefined>;

const maxPathLength = 200;
const requestIdHeader = 'x-request-id';

/**
 * How the server logs: a JSON object a line, from which secrets and phone numbers are taken out just before it is
 * written, whatever part of the server wrote it. @param stream where lines go; standard output by default
 */
export function loggerOptions(
  level: Config['logLevel'],
  { now }: Pick<Platform, 'now'>,
  stream?: LoggerOptions['stream'],
): LoggerOptions {
  const awayLines = createAwayLines({ now });
  return {
    level,
    base: null,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { req: describeRequest, res: ({ statusCode }) => ({ statusCode }), err: describeError },
    hooks: {
      logMethod(args, method) {
        const [line, text] = args as unknown as [{ err: Error }, string];
        if (text !== databaseAway) return method.apply(this, args);
        const said = awayLines(line.err.message);
        if (said) method.apply(this, [{ ...line, ...said }, text] as never);
      },
      streamWrite: (line) => `${JSON.stringify(redact(JSON.parse(line)))}\n`,
    },
    ...(stream && { stream }),
  };
}

/** Makes the ids of requests. A proxy may have given one in `X-Request-Id`; it is kept if it is short and plain. */
export function createRequestIds({ randomUUID }: Pick<Platform, 'randomUUID'>): FastifyServerOptions['genReqId'] {
  return ({ headers }) => {
    const given = headers[requestIdHeader];
    return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  };
}

/**
 * Says in every reply which request it answers, by the header that Logto has for it, so that its lines in the log can
 * be found.
 */
export function nameRequests(app: FastifyInstance): void {
  app.addHook('onRequest', ({ id }, reply, done) => {
    reply.header('logto-core-request-id', id);
    done();
  });
}

/**
 * Logs one line per request, at `debug`, and at `warn` when the server is at fault. 503 is no fault: what the database
 * keeps from being done has a line of its own, and where too much is asked at once anybody could fill the log with it.
 */
export class RequestLog extends LogController {
  override incomingRequest(): void {}

  override routeNotFound(): void {}

  /** Clients leave in the middle of long answers as they like. */
  override streamError(error: Error & { code?: string }, request: FastifyRequest, reply: FastifyReply): void {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') super.streamError(error, request, reply);
  }

  override requestCompleted(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { statusCode, elapsedTime } = reply;
    const level = statusCode >= 500 && statusCode !== 503 ? 'warn' : 'debug';
    if (!isWritten(level, request.log.level)) return;
    const line = { ...describeRequest(request), statusCode, milliseconds: Math.round(elapsedTime * 10) / 10 };
    request.log[level](line, 'request');
  }
}

/** Whether lines of a level are written at another; what would be dropped is not made. */
const isWritten = (level: keyof typeof levels.values, lowest: string): boolean =>
  (levels.values[level] ?? 0) >= (levels.values[lowest] ?? Number.POSITIVE_INFINITY);

/** The route rather than the path: paths may hold ids, and those of provider callbacks are secret. */
function describeRequest({ method, url, routeOptions, ip }: FastifyRequest) {
  const route = routeOptions?.url;
  const remoteAddress = toAddress(ip ?? '') ?? ip;
  if (route !== undefined) return { method, route, remoteAddress };
  const path = url?.replace(/[?#].*/s, '').replace(/(\/callbacks\/).*/s, '$1…');
  return { method, path: path?.slice(0, maxPathLength), remoteAddress };
}

type ErrorLike = Partial<Error> & { type?: string; code?: unknown; data?: unknown; errors?: unknown };
type DescribedError = { type: string; message: string; stack: string; [key: string]: unknown };

/** Only what errors of ours and of Node carry; a database's errors also carry the values of the row at fault. */
function describeError(error: ErrorLike): DescribedError {
  const { name = 'Error', type = name, message = '', code, data, stack = '', cause, errors } = error;
  return {
    type,
    message,
    ...(code !== undefined && { errorCode: code }),
    ...(data !== undefined && { data }),
    stack,
    ...(cause instanceof Error && { cause: describeError(cause) }),
    ...(Array.isArray(errors) && { errors: errors.map(describeError) }),
  };
}
