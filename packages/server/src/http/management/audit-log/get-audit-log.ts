import { z } from 'zod';
import type { AuditLog } from '../../../admin/audit-log.ts';
import type { AppInstance } from '../../app-instance.ts';
import { describePages, pagingQuery, sliceOf } from '../../paging.ts';
import { errorResponses } from '../../schemas.ts';

const entrySchema = z.object({
  id: z.string(),
  at: z.int().describe('Milliseconds since the epoch; of the last time, where there were several.'),
  times: z.int().describe('How often, for what is counted rather than listed: failed sign-ins, per network and hour.'),
  actor: z.object({
    type: z
      .enum(['administrator', 'application', 'server', 'network'])
      .describe('`server` is its settings, its set-up link or its command line; `network` is somebody unknown.'),
    id: z.string(),
    name: z.string().describe('As it was then.'),
  }),
  action: z.string().describe('For example `connector.set-up`.'),
  subject: z.object({ type: z.string(), id: z.string().nullable() }),
  details: z
    .record(z.string(), z.unknown())
    .describe('`fields` names the fields that were given; the values of a few are there, never secrets.'),
});

/** `GET /api/audit-log` */
export function getAuditLog(app: AppInstance, { auditLog }: { auditLog: AuditLog }): void {
  app.get(
    '/audit-log',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['Audit log'],
        summary:
          'List what administrators and applications changed, and failed sign-ins of administrators, newest first',
        description:
          'Kept for 400 days. Codes that are sent and checked are not in it: see `/api/messages`. `Total-Number` says how many entries there are in all, `Link` where the other pages are.',
        querystring: pagingQuery,
        response: { 200: z.array(entrySchema), ...errorResponses() },
      },
    },
    async (request, reply) => {
      const { entries, total } = await auditLog.list(sliceOf(request.query));
      describePages(request, reply, { total });
      return entries;
    },
  );
}
