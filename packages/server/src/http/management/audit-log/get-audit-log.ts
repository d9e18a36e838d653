import { z } from 'zod';
import { typedId, typedText } from '../../../accounts/user-search-keys.ts';
import type { AuditLog } from '../../../admin/audit-log.ts';
import type { Platform } from '../../../platform.ts';
import type { SecretKeys } from '../../../secrets/secret-keys.ts';
import type { AppInstance } from '../../app-instance.ts';
import { aboutPages, answerLongList, longListQuery } from '../../long-lists/long-list.ts';
import { maskNumbers } from '../../mask-numbers.ts';
import { seesNumbers, takeRole } from '../../roles.ts';
import { errorResponses } from '../../schemas.ts';

const actorType = z
  .enum(['administrator', 'application', 'server', 'network'])
  .describe('`server` is its settings, its set-up link or its command line; `network` is somebody unknown.');
const filter = z.string().max(256).transform(typedId).pipe(z.string().min(1)).optional();
const text = z.string().max(256).transform(typedText).pipe(z.string().min(1)).optional();

const entrySchema = z.object({
  id: z.string(),
  at: z.int().describe('Milliseconds since the epoch; of the last time, where there were several.'),
  times: z.int().describe('How often, for what is counted rather than listed: failed sign-ins, per network and hour.'),
  actor: z.object({
    type: actorType,
    id: z.string(),
    name: z.string().describe('As it was then.'),
  }),
  action: z.string().describe('For example `connector.set-up`.'),
  subject: z.object({ type: z.string(), id: z.string().nullable() }),
  details: z
    .record(z.string(), z.unknown())
    .describe(
      '`fields` names the fields that were given; the values of a few are there, never secrets. `name` is what the subject was called. `changes` says of each field that changed what was there `before` and `after`, of a secret only that it changed (`isSecret`); long texts are cut. Older entries have no `changes`.',
    ),
});

/** `GET /api/audit-log` */
export function getAuditLog(
  app: AppInstance,
  deps: { auditLog: AuditLog; secretKeys: SecretKeys; platform: Platform },
): void {
  const { auditLog } = deps;
  app.get(
    '/audit-log',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags: ['Audit log'],
        summary: 'List what administrators and applications changed, and failed sign-ins of administrators',
        description: `Kept for 400 days. Codes that are sent and checked are not in it: see \`/api/messages\`.\n\n${aboutPages}`,
        querystring: longListQuery.extend({
          actorType: actorType.optional(),
          actorId: filter.describe('Who did it.'),
          action: filter.describe('For example `connector.set-up`.'),
          subjectType: filter.describe('The kind of thing that it was done to, for example `connector`.'),
          subjectId: filter.describe('The thing that it was done to.'),
          search: text.describe('A part of the name of who did it, or of the name or id of what it was done to.'),
        }),
        response: { 200: z.array(entrySchema), ...errorResponses('request.too_broad', 'system.too_many_reads') },
      },
    },
    (request, reply) => {
      for (const value of [request.query.actorId, request.query.subjectId]) {
        // A subject may be a number: nobody finds out what is masked.
        if (value && maskNumbers(value, false) !== value) takeRole(request, 'operator');
      }
      const search = request.query.search?.toLowerCase();
      if (search && /\p{Nd}/u.test(search.normalize('NFKD'))) takeRole(request, 'operator');
      // Nor letter by letter.
      const wanted = { ...request.query, search, findsAddresses: seesNumbers(request) };
      return answerLongList(request, reply, deps, {
        table: 'audit_log',
        columns: Object.keys(entrySchema.shape),
        page: (page) => auditLog.list(page, wanted),
        every: (start) => auditLog.every(wanted, start),
      });
    },
  );
}
