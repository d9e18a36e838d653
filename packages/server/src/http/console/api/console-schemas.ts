import { z } from 'zod';
import type { Administrator, AdministratorSession } from '../../../admin/sessions.ts';
import { ApiError } from '../../../errors.ts';
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

/** What came of typing a password, as a refusal. */
export function refusalOf(outcome: { outcome: 'refused' } | { outcome: 'limited'; retryAfterSeconds: number }) {
  if (outcome.outcome === 'refused') return new ApiError('session.invalid_credentials');
  const { retryAfterSeconds } = outcome;
  return new ApiError('request.sign_in_rate_limited', { retryAfterSeconds });
}
