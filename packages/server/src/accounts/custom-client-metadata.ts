import { schemeMissing } from '@sesame/connector-kit';

/** How an application is treated beyond OpenID Connect; what is left out is as for every application. Times are seconds. */
export type CustomClientMetadata = {
  /** Whose pages may call the token endpoints, beside those of the redirect URIs: origins as browsers send them. */
  corsAllowedOrigins?: string[] | undefined;
  /** 1 hour unless told. */
  idTokenTtl?: number | undefined;
  /** 14 days unless told. */
  refreshTokenTtl?: number | undefined;
  /** In place of `refreshTokenTtl`. */
  refreshTokenTtlInDays?: number | undefined;
  /** Whether each use of a refresh token replaces it; yes unless told. */
  rotateRefreshToken?: boolean | undefined;
  /** Whether a web application gets a refresh token without asking for `offline_access`; it ends with the session. */
  alwaysIssueRefreshToken?: boolean | undefined;
};

/**
 * The origin that a browser sends for a page there (RFC 6454, section 6.2), from how a person writes it.
 * @returns what is wrong with it, where something is
 */
export function readOrigin(value: string): { origin: string } | { problem: string } {
  const written = value.trim();
  if (written.includes('*')) return { problem: 'Wildcards are not supported: give each origin in full.' };
  const missing = schemeMissing(written);
  if (missing) return { problem: missing };
  const url = URL.parse(written);
  if (!url?.host || /[\s\p{Cc}\\]/u.test(written)) {
    return { problem: 'Give an origin: scheme, host and port, for example https://app.example.com.' };
  }
  if (url.username || url.password) return { problem: 'Leave out the user name and the password.' };
  if (!['', '/'].includes(url.pathname) || /[?#]/.test(written)) {
    return { problem: `Leave out what follows the host: ${url.protocol}//${url.host}` };
  }
  // Of schemes that it does not know, such as that of a browser extension, URL tells no origin.
  return { origin: `${url.protocol}//${url.host.toLowerCase()}` };
}
