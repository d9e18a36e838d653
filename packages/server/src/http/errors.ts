import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ApiError, type ErrorCode, errorCatalogue } from '../errors.ts';
import { databaseAway, isUnavailable } from '../store/unavailable.ts';
import { issuesOfKeys, mostIssues } from '../strict-schema.ts';
import { wholeRefusal } from './whole-refusal.ts';

/** Seconds after which it makes sense to try again when the database is away. */
const unavailableRetryAfter = 5;

/** Fastify's own refusals, by its error codes. */
const ofFastify: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'guard.body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'guard.unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'guard.invalid_input',
  FST_ERR_CTP_INVALID_JSON_BODY: 'guard.invalid_input',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'guard.invalid_input',
  FST_ERR_BAD_URL: 'entity.not_found',
  FST_ERR_MAX_PARAM_LENGTH: 'entity.not_found',
};

/** Refusals of libraries that serve files and read requests, by their status. All others are about the input. */
const ofStatus: Record<number, ErrorCode> = {
  401: 'auth.unauthorized',
  403: 'entity.not_found',
  404: 'entity.not_found',
  405: 'entity.not_found',
  413: 'guard.body_too_large',
  415: 'guard.unsupported_media_type',
};

/** SQLSTATE of PostgreSQL for a text with a character that it cannot hold: U+0000. */
const unstorableText = '22021';

/** The only place where an error becomes a response. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>(async (error, request, reply) =>
    respond(await wholeRefusal(toApiError(error, request), error, request), reply),
  );
}

/** Answers what there is no route for, with the hooks of this scope. */
export function answerUnknownPaths(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => respond(new ApiError('entity.not_found'), reply));
}

/**
 * In this scope anybody calls: they learn that a message could not be sent, and whose problem that is, but neither which
 * provider it goes through nor its words.
 */
export function keepProviderFromStrangers(scope: FastifyInstance): void {
  scope.setErrorHandler<FastifyError>(async (error, request, reply) =>
    respond(forStrangers(await wholeRefusal(toApiError(error, request), error, request)), reply),
  );
}

/** Answers what Fastify refuses before there is a route: a path that cannot be decoded, for one. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  respond(toApiError(error, request), reply);
}

/** The refusal that an error stands for; what is nobody’s mistake is logged. */
export function toApiError(error: FastifyError, request: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.flatMap(({ instancePath, message = '', params }) => {
      const issue = { in: error.validationContext, path: instancePath.slice(1).replaceAll('/', '.'), message };
      return Array.isArray(params.keys) ? issuesOfKeys(issue, params.keys) : [issue];
    });
    return new ApiError('guard.invalid_input', { issues: issues.slice(0, mostIssues) });
  }
  // Nobody reads the answer to a request whose client has left.
  if (error === request.raw.errored || isLeft(error, request)) return invalidInput('The client has left.');
  const code = ofFastify[error.code];
  if (code) return code === 'guard.invalid_input' ? invalidInput('This is not JSON.') : new ApiError(code);
  if (isRefusal(error)) {
    const known = ofStatus[error.statusCode];
    return known ? new ApiError(known) : invalidInput('The request cannot be read.');
  }
  if (error.code === unstorableText) return invalidInput('A text holds the character U+0000, which cannot be stored.');
  if (isUnavailable(error)) {
    request.log.error({ err: error }, databaseAway);
    return new ApiError('system.unavailable', { retryAfterSeconds: unavailableRetryAfter });
  }
  request.log.error({ err: error }, 'a request failed');
  return new ApiError('system.internal', { requestId: request.id });
}

/** What they may know of a send that failed, and what code may arrive all the same. */
const toldToStrangers = ['kind', 'retryAfterSeconds', 'verificationId'];

function forStrangers(error: ApiError): ApiError {
  const { code, data = {}, status } = error;
  if (!code.startsWith('connector.')) return error;
  const told = Object.entries(data).filter(([key]) => toldToStrangers.includes(key));
  return new ApiError(code, told.length > 0 ? Object.fromEntries(told) : undefined, status);
}

/** Whether an answer that goes out in pieces had nowhere to go any more. */
const isLeft = ({ code }: FastifyError, { raw }: FastifyRequest): boolean =>
  code === 'ERR_STREAM_PREMATURE_CLOSE' && raw.socket.destroyed;

const invalidInput = (message: string) =>
  new ApiError('guard.invalid_input', { issues: [{ in: 'body', path: '', message }] });

const isRefusal = (error: FastifyError): error is FastifyError & { statusCode: number } =>
  error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500;

function respond({ code, message, data, status }: ApiError, reply: FastifyReply): FastifyReply {
  const retryAfter = data?.retryAfterSeconds;
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  // Callers of Logto read the list itself.
  const shown = code === 'password.rejected' ? data?.issues : data;
  const said = `${message} ${errorCatalogue[code].hint}`;
  return reply.code(status).send({ code, message: said, ...(shown !== undefined && { data: shown }) });
}
