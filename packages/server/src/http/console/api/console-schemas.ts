import { z } from 'zod';
import type { Administrator } from '../../../admin/administrator.ts';
import { roles } from '../../../admin/roles.ts';
import type { AdministratorSession } from '../../../admin/sessions.ts';
import { ApiError } from '../../../errors.ts';
import type { Asking } from '../../../store/administrator-lock.ts';
import type { Caller } from '../../caller.ts';

/** What every operation of the Console's own says of itself. */
export const tags = ['Console'];

/** In the OpenAPI document: these take a session, never an access token. */
export const security = [{ consoleSession: [] }];

/** A time in replies. */
export const time = z.int().describe('Milliseconds since the epoch.');

/** A password as it is typed. */
export const passwordSchema = z.string().max(1024);

/** The session behind a request. @throws ApiError `auth.unauthorized` where there is none */
export function sessionOf({ caller }: { caller?: Caller | undefined }): {
  administrator: Administrator;
  session: AdministratorSession;
} {
  if (caller?.type !== 'administrator' || !caller.session) throw new ApiError('auth.unauthorized');
  const { administrator, session } = caller;
  return { administrator, session };
}

/** Who asks for a change. @throws ApiError `auth.unauthorized` where there is no session */
export function askingOf(request: { caller?: Caller | undefined }): Asking {
  const { administrator, session } = sessionOf(request);
  return { administratorId: administrator.id, sessionId: session.id };
}

/** The second step as it is typed. */
export const codeSchema = z
  .string()
  .max(64)
  .describe('Six digits of the authenticator app, or a recovery code. Either is taken once.');

/** What an administrator may do. */
export const roleSchema = z
  .enum(roles)
  .describe(
    'A viewer reads, with phone numbers masked and without codes; an operator changes everything but administrators and secrets; an owner does everything.',
  );

/** The two-step sign-in of the administrator who asks. */
export const twoStepSchema = z.object({
  since: time.nullable().describe('Null while it is off.'),
  recoveryCodesLeft: z.int(),
  isOffered: z.boolean().describe('It is neither on nor turned down.'),
});

/** What typing a password and a code may be refused with. */
export const refusals = [
  'session.invalid_credentials',
  'session.code_required',
  'session.invalid_code',
  'request.sign_in_rate_limited',
] as const;

/** What came of it, as a refusal. */
export function refusalOf(
  refused: { outcome: 'refused' | 'code-required' | 'wrong-code' } | { outcome: 'limited'; retryAfterSeconds: number },
): ApiError {
  switch (refused.outcome) {
    case 'refused':
      return new ApiError('session.invalid_credentials');
    case 'code-required':
      return new ApiError('session.code_required');
    case 'wrong-code':
      return new ApiError('session.invalid_code');
    case 'limited':
      return new ApiError('request.sign_in_rate_limited', { retryAfterSeconds: refused.retryAfterSeconds });
  }
}
