import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  beginImport,
  type ImportDeps,
  type ImportLine,
  type ImportOptions,
  type ImportOutcome,
} from '../../../accounts/import/import-users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { toApiError } from '../../errors.ts';
import { yesOrNo } from '../../query-values.ts';
import { createStillAdmitted } from '../../roles.ts';
import { errorResponses } from '../../schemas.ts';
import { NdjsonBody, takeNdjson } from './ndjson.ts';
import { tags } from './user-schemas.ts';

/** Few enough to write in some milliseconds. */
const sliceLines = 200;

/** `POST /api/users/import` */
export function importUsers(app: AppInstance, deps: ImportDeps): void {
  app.register(async (scope: AppInstance) => {
    takeNdjson(scope);
    scope.post(
      '/users/import',
      {
        config: { role: 'operator', scope: 'users', audit: { action: 'user.import', subject: 'user', when: writes } },
        schema: {
          tags,
          summary: 'Import users',
          description:
            'Takes up to 10 MB of JSON texts, one user a line, as `application/x-ndjson`; larger files take several calls, or `npx sesame import`. A line has the fields of `POST /api/users` but the password, and `id`, `totpSecret`, `isSuspended`, `createdAt` and `lastSignInAt` (milliseconds since the epoch).\n\nThe answer has a line for each: `{line, status, id}`, where the status is `created`, `updated`, or `exists` for a user with this id who was left alone; or `{line, status: "failed", error: {code, message, data}}`. The last line has the totals: `{done: true, created, updated, exists, failed}`; where it is missing, the import was cut off, and can be sent again. It ends with `{done: false, …, error}` where it cannot go on, also when whoever sends it may not any more.',
          consumes: ['application/x-ndjson'],
          produces: ['application/x-ndjson'],
          body: z.any().describe('JSON texts, one user a line.'),
          querystring: z.object({
            upsert: yesOrNo.describe(
              'Whether users who exist get what the line says. They are known by their id, or else by number or username.',
            ),
            dryRun: yesOrNo.describe('Whether only to say what would become of each line.'),
          }),
          response: {
            200: z.string().describe('What became of each line.'),
            ...errorResponses('guard.body_too_large', 'guard.unsupported_media_type'),
          },
        },
      },
      (request, reply) => {
        // Fastify takes a stream in place of the text that the schema speaks of.
        const answer = Readable.from(answerLines(deps, request, reply as FastifyReply)) as unknown as string;
        reply.type('application/x-ndjson').send(answer);
      },
    );
  });
}

const writes = ({ query }: FastifyRequest) => !(query as ImportOptions).dryRun;

async function* answerLines(deps: ImportDeps, request: FastifyRequest, reply: FastifyReply): AsyncGenerator<string> {
  const totals = { created: 0, updated: 0, exists: 0, failed: 0 };
  const run = beginImport(deps, request.query as ImportOptions);
  const checkAdmitted = createStillAdmitted(request, reply, deps.platform, 0);
  try {
    for (const slice of slicesOf(request.body)) {
      await checkAdmitted();
      const outcomes = await run.take(slice);
      for (const { status } of outcomes) totals[status] += 1;
      yield outcomes.map(describe).join('');
      await setImmediate();
    }
    yield toLine({ done: true, ...totals });
  } catch (error) {
    const { code, message } = toApiError(error as FastifyError, request);
    yield toLine({ done: false, ...totals, error: { code, message } });
  } finally {
    run.close();
  }
}

function* slicesOf(body: unknown): Generator<ImportLine[]> {
  let slice: ImportLine[] = [];
  for (const { line, value } of body instanceof NdjsonBody ? body.lines() : []) {
    slice.push({ line, user: value });
    if (slice.length < sliceLines) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

function describe(outcome: ImportOutcome): string {
  if (outcome.status !== 'failed') return toLine(outcome);
  const { code, message, data } = outcome.error;
  return toLine({ line: outcome.line, status: outcome.status, error: { code, message, ...(data && { data }) } });
}

const toLine = (value: object): string => `${JSON.stringify(value)}\n`;
