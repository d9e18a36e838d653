import type { FastifyRequest } from 'fastify';
import type { Audit } from '../../audit.ts';
import { yesOrNo } from '../../query-values.ts';

/** Asks for what is kept of passwords. */
export const digestQuery = {
  includePasswordHash: yesOrNo.describe(
    'Whether to show what is kept of the password, to move the user elsewhere. An administrator needs the role `owner`. The audit log says who asked.',
  ),
};

/** What the audit log says of whoever asked for it. */
export const digestAudit: Audit = {
  action: 'user.read-password-hash',
  subject: 'user',
  when: ({ query }: FastifyRequest) => (query as { includePasswordHash: boolean }).includePasswordHash,
};
