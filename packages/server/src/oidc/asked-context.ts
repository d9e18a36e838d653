import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { twoFactors } from '../accounts/authentication-methods.ts';

/** How well an application wants somebody to have shown who they are; `isEssential` where nothing else will do. */
type AskedContext = { values: readonly string[]; isEssential: boolean };

const nothingAsked: AskedContext = { values: [], isEssential: false };

/**
 * What a request asks for (OpenID Connect Core 1.0, section 5.5.1.1): by the claim `acr`, or by `acr_values`, which are a
 * wish.
 */
export function askedContext({ claims, acr_values: wishes }: Record<string, unknown>): AskedContext {
  const asked = typeof claims === 'string' ? acrIn(JSON.parse(claims)) : nothingAsked;
  if (asked.values.length > 0 || typeof wishes !== 'string') return asked;
  return { values: wishes.split(' ').filter(Boolean), isEssential: false };
}

/** Whether it asks for two factors, be it as a wish. */
export const asksTwoFactors = (params: Record<string, unknown>): boolean =>
  askedContext(params).values.includes(twoFactors);

type Claims = { id_token?: { acr?: { essential?: unknown; value?: unknown; values?: unknown } | null } };

function acrIn({ id_token }: Claims): AskedContext {
  const { essential, value, values } = id_token?.acr ?? {};
  const asked = [value, ...(Array.isArray(values) ? values : [])].filter((one) => typeof one === 'string');
  return { values: asked, isEssential: essential === true && asked.length > 0 };
}

/** @throws errors.InvalidRequest where the claim `acr` is asked for in a way that means nothing */
export function checkAskedClaims(_ctx: KoaContextWithOIDC, claims: object, _client: Client): void {
  const { acr } = (claims as Claims).id_token ?? {};
  if (acr === undefined || acr === null) return;
  const texts = [acr.value ?? '', acr.values ?? []].flat();
  const isRead = typeof acr === 'object' && !Array.isArray(acr.value) && texts.every((one) => typeof one === 'string');
  const isList = acr.values === undefined || Array.isArray(acr.values);
  if (!isRead || !isList) throw new errors.InvalidRequest('claims.id_token.acr has a value or values, which are texts');
}
