import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errors, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Applications } from '../accounts/applications.ts';
import { type OperationScope, openedBy, scopesOpening } from '../accounts/resources/management-scopes.ts';
import { ApiError } from '../errors.ts';
import { clientInstance } from '../oidc/client-settings.ts';
import type { OidcSettings } from '../oidc/configuration.ts';
import { issuerOf } from '../oidc/provider.ts';
import type { SigningKeys } from '../oidc/signing-keys.ts';
import type { Platform } from '../platform.ts';
import type { Held } from '../store/held.ts';
import type {} from './caller.ts';

type Deps = {
  applications: Applications;
  signingKeys: SigningKeys;
  platform: Platform;
  held: Held;
  settings: OidcSettings;
};

/** A token that was verified. Times are milliseconds since the epoch. */
type VerifiedToken = {
  clientId: string;
  /** Which application of this id; tokens from before there were instances, which work for an hour, do not say. */
  instance: string | undefined;
  scopes: ReadonlySet<string>;
  expiresAt: number;
  keyId: string;
};

type ManagementClaims = { client_id: string; scope?: string; exp?: number; [clientInstance]?: string };

const maxCachedTokens = 1_000;

/**
 * A hook for the Management API: lets requests pass with an access token of a machine-to-machine application that has a
 * scope for the operation (RFC 6750, RFC 9068). A token is verified once; then its digest is known. What the
 * application may call, and whether the key is still there, is held until either may have changed.
 * @returns the hook; it throws ApiError `auth.unauthorized` or `auth.forbidden` and sets `WWW-Authenticate`
 */
export function createAuthenticate(deps: Deps): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const findToken = createTokenFinder(deps);
  return async (request, reply) => {
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const token = bearer === undefined ? undefined : await findToken(bearer);
    if (!token) {
      reply.header('www-authenticate', bearer === undefined ? 'Bearer' : 'Bearer error="invalid_token"');
      throw new ApiError('auth.unauthorized');
    }
    const needed = request.routeOptions.config.scope ?? 'all';
    if (!token.opens.has(needed)) {
      const requiredScopes = scopesOpening(needed);
      reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${requiredScopes[0]}"`);
      throw new ApiError('auth.forbidden', { requiredScopes });
    }
    const { clientId: id, instance, opens } = token;
    request.caller = { type: 'application', id, mayAll: opens.has('all'), instance };
  };
}

/** A token, and what it opens. */
type AdmittedToken = VerifiedToken & { opens: ReadonlySet<OperationScope> };

function createTokenFinder({ applications, signingKeys, platform, held, settings }: Deps) {
  const verified = new LRUCache<string, VerifiedToken>({ max: maxCachedTokens });
  const admitted = held.value(async () => new LRUCache<string, AdmittedToken>({ max: maxCachedTokens }));

  async function verify(token: string): Promise<VerifiedToken | undefined> {
    const { payload, protectedHeader } = await jwtVerify(
      token,
      async ({ kid }) => keyFor(await signingKeys.verificationKey(kid ?? '')),
      {
        algorithms: ['ES256'],
        typ: 'at+jwt',
        issuer: issuerOf(settings.publicUrl),
        audience: settings.apiIndicator,
        requiredClaims: ['exp', 'client_id'],
        currentDate: new Date(platform.now()),
      },
    );
    const { client_id: clientId, scope = '', exp = 0, ...claims } = payload as ManagementClaims;
    // An application on its own behalf is its own subject (RFC 9068, section 2.2); a user's token never opens this.
    if (payload.sub !== clientId) return undefined;
    return {
      clientId,
      instance: claims[clientInstance],
      scopes: new Set(scope.split(' ')),
      expiresAt: exp * 1000,
      keyId: protectedHeader.kid ?? '',
    };
  }

  async function admit(token: string, digest: string): Promise<AdmittedToken | undefined> {
    const found = verified.get(digest) ?? (await unlessInvalid(verify(token)));
    const granted = found && (await applications.mayManage(found.clientId, found.instance));
    if (!granted || !(await signingKeys.verificationKey(found.keyId))) return undefined;
    verified.set(digest, found);
    return { ...found, opens: openedBy(found.scopes, granted) };
  }

  return async (token: string): Promise<AdmittedToken | undefined> => {
    const digest = hash('sha256', token, 'base64');
    const known = await admitted();
    const found = known.get(digest) ?? (await admit(token, digest));
    if (!found || found.expiresAt <= platform.now()) return undefined;
    if (!known.has(digest)) known.set(digest, found);
    return found;
  };
}

function keyFor<T>(key: T | undefined): T {
  if (!key) throw new errors.JWKSNoMatchingKey();
  return key;
}

/** A token that does not verify is nobody's; other errors, of the database for one, stay what they are. */
async function unlessInvalid<T>(verification: Promise<T>): Promise<T | undefined> {
  try {
    return await verification;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
