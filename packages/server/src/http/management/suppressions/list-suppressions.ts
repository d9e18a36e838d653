import { z } from 'zod';
import { asciiAddress } from '../../../accounts/meant-user.ts';
import { addressPattern } from '../../../messaging/recipient.ts';
import type { Platform } from '../../../platform.ts';
import type { SecretKeys } from '../../../secrets/secret-keys.ts';
import type { Store } from '../../../store/store.ts';
import { everySuppression, listSuppressions as listed } from '../../../store/suppressions.ts';
import type { AppInstance } from '../../app-instance.ts';
import { aboutPages, answerLongList, longListQuery } from '../../long-lists/long-list.ts';
import { takeRole } from '../../roles.ts';
import { emailSchema, errorResponses } from '../../schemas.ts';
import { describe, suppressionSchema, tags } from './suppression-schemas.ts';

type Deps = { store: Store; platform: Platform; secretKeys: SecretKeys };

/** `GET /api/suppressions` */
export function listSuppressions(app: AppInstance, deps: Deps): void {
  app.get(
    '/suppressions',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags,
        summary: 'List the addresses that get no mail',
        description: `Further mails to them are recorded as \`suppressed\` and not sent. Viewers see masked addresses; \`email\` and \`search\` take an operator.\n\n${aboutPages}`,
        querystring: longListQuery.extend({
          email: emailSchema.optional(),
          search: z.string().min(1).max(320).optional().describe('Any part of an address.'),
          by: suppressionSchema.shape.by.optional(),
        }),
        response: {
          200: z.array(suppressionSchema),
          ...errorResponses('request.too_broad', 'system.too_many_reads'),
        },
      },
    },
    (request, reply) => {
      const { email, search, by, from, until } = request.query;
      if (email || search) takeRole(request, 'operator');
      const filter = {
        from,
        until,
        recipient: email?.key,
        recipientLike: search === undefined ? undefined : addressPattern(asciiAddress(search)),
        isByHand: by && by === 'administrator',
      };
      return answerLongList(request, reply, deps, {
        table: 'suppressions',
        columns: Object.keys(suppressionSchema.shape),
        page: async (page) => {
          const { rows, ...extent } = await listed(deps.store, filter, page, deps.platform.now);
          return { ...extent, entries: rows.map(describe) };
        },
        async *every(start) {
          for await (const rows of everySuppression(deps.store, filter, start)) yield rows.map(describe);
        },
      });
    },
  );
}
