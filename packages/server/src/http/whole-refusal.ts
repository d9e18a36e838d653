import type { FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { joined } from '../refusals.ts';
import { rightFields } from '../right-fields.ts';

/** What is wrong with the fields of a body that its schema takes; some may be missing where it refuses others. */
type BodyCheck = (fields: never, request: FastifyRequest) => readonly ApiError[] | Promise<readonly ApiError[]>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Finds everything that the operation itself would refuse in a body, and changes nothing. It is asked when something
     * is refused already, so that whoever fills in a form is told all at once.
     */
    check?: BodyCheck;
  }
}

/** A refusal with everything else that is wrong with the body, where the operation says how to find that. */
export async function wholeRefusal(refusal: ApiError, thrown: Error, request: FastifyRequest): Promise<ApiError> {
  const { config, schema } = request.routeOptions;
  const isAboutFields = refusal.status === 400 || refusal.status === 422;
  if (!config.check || !isAboutFields) return refusal;
  const fields = hasZodFastifySchemaValidationErrors(thrown)
    ? thrown.validationContext === 'body' && rightFieldsOf(refusal, schema?.body, request.body)
    : thrown instanceof ApiError && request.body;
  if (!fields) return refusal;
  try {
    return joined(refusal, await config.check(fields as never, request));
  } catch (error) {
    // What was refused stays refused, whatever keeps the rest from being found out.
    if (!(error instanceof ApiError)) request.log.error({ err: error }, 'a body could not be checked as a whole');
    return refusal;
  }
}

function rightFieldsOf({ data }: ApiError, schema: unknown, body: unknown) {
  const issues = (data?.issues ?? []) as { path: string }[];
  return (
    schema instanceof z.ZodObject &&
    rightFields(
      schema,
      body,
      issues.map(({ path }) => path),
    )
  );
}
