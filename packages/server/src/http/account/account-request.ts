import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../../errors.ts';
import type { AccountCenter } from '../../experience/account-center.ts';
import type { Interactions } from '../../oidc/interactions.ts';
import type { Services } from '../../services.ts';
import type { AccountAccess } from '../../sign-in/account-access.ts';
import { askBeforeBody } from '../before-body.ts';

/** What the operations of the Account API ask of the other rooms. */
export type AccountDeps = Pick<Services, 'account' | 'users' | 'accountCenter'> & { interactions: Interactions };

export const tags = ['Account'];

/** A request with the token of a user. */
export type AccountRequest = AccountAccess & {
  scopes: ReadonlySet<string>;
  center: AccountCenter;
  /** The application of the token, and how it is called. */
  applicationId: string;
  application: string;
};

const requests = new WeakMap<FastifyRequest, AccountRequest>();

/** What a request in a scope of `takeUserTokens` is about. */
export function accountRequestOf(request: FastifyRequest): AccountRequest {
  const known = requests.get(request);
  if (!known) throw new ApiError('auth.unauthorized');
  return known;
}

/**
 * Lets only requests into the scope of `app` that carry the access token of a user.
 * @throws to the caller ApiError `auth.unauthorized`, `auth.forbidden` without `openid`, `account_center.not_enabled`
 */
export const takeUserTokens = (app: FastifyInstance, deps: AccountDeps): void =>
  askBeforeBody(app, async (request, reply) => {
    requests.set(request, await readAccountRequest(request, reply, deps));
  });

/** The user whose access token a request carries (RFC 6750); the token comes from an ordinary sign-in. */
async function readAccountRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  { interactions, accountCenter }: Pick<AccountDeps, 'interactions' | 'accountCenter'>,
): Promise<AccountRequest> {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer === undefined ? undefined : await interactions.findAccessToken(bearer);
  if (!token) {
    reply.header('www-authenticate', bearer === undefined ? 'Bearer' : 'Bearer error="invalid_token"');
    throw new ApiError('auth.unauthorized');
  }
  reply.header('cache-control', 'no-store');
  const scopes = new Set(token.scopes);
  if (!scopes.has('openid')) throw new ApiError('auth.forbidden');
  const center = await accountCenter.read();
  if (!center.enabled) throw new ApiError('account_center.not_enabled');
  const { accountId: userId, grantId, clientId: applicationId, clientName: application } = token;
  return { userId, subject: `grant:${grantId}`, scopes, center, client: request.client, applicationId, application };
}

/** The id of the verification that says that it is really the user. */
export function readProofOfPerson({ headers }: FastifyRequest): string | undefined {
  const id = headers['sesame-verification-id'] ?? headers['logto-verification-id'];
  return typeof id === 'string' ? id : undefined;
}
