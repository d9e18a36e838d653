import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ApiError, type ErrorCode, errorCatalogue } from '../errors.ts';
import { isUnavailable } from '../store/unavailable.ts';

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

/** SQLSTATE of PostgreSQL for a text with a character that it cannot hold: U+0000. */
const unstorableText = '22021';

/** The only place where an error becomes a response. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_request, reply) => respond(new ApiError('entity.not_found'), reply));
}

/** Also answers what Fastify refuses before there is a route: a path that cannot be decoded, for one. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  respond(toApiError(error, request), reply);
}

/** The refusal that an error stands for; what is nobody’s mistake is logged. */
export function toApiError(error: FastifyError, request: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map(({ instancePath, message }) => ({
      in: error.validationContext,
      path: instancePath.slice(1).replaceAll('/', '.'),
      message,
    }));
    return new ApiError('guard.invalid_input', { issues });
  }
  const code = ofFastify[error.code];
  if (code) {
    const isBody = code === 'guard.invalid_input';
    return new ApiError(
      code,
      isBody ? { issues: [{ in: 'body', path: '', message: 'This is not JSON.' }] } : undefined,
    );
  }
  if (error.code === unstorableText) {
    return new ApiError('guard.invalid_input', {
      issues: [{ path: '', message: 'A text holds the character U+0000, which cannot be stored.' }],
    });
  }
  if (isUnavailable(error)) {
    request.log.error({ err: error }, 'the database does not answer');
    return new ApiError('system.unavailable', { retryAfterSeconds: unavailableRetryAfter });
  }
  request.log.error({ err: error }, 'a request failed');
  return new ApiError('system.internal', { requestId: request.id });
}

function respond({ code, message, data, status }: ApiError, reply: FastifyReply): FastifyReply {
  const retryAfter = data?.retryAfterSeconds;
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  return reply.code(status).send({ code, message: `${message} ${errorCatalogue[code].hint}`, ...(data && { data }) });
}
