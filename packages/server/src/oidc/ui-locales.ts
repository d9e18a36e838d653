import type { KoaContextWithOIDC } from 'oidc-provider';
import { parseLocales } from '../locale.ts';

type Next = () => Promise<void>;

/**
 * Reads `ui_locales` before oidc-provider does. It is a hint, which stops no sign-in: given more than once, too long or
 * no language at all, as much of it is kept as can be read.
 */
export async function readUiLocales({ query }: KoaContextWithOIDC, next: Next): Promise<void> {
  const { ui_locales: given } = query;
  // Koa parses a query once, and oidc-provider takes its parameters from what came out.
  if (given !== undefined) query.ui_locales = boundedLocales([given].flat().join(' '));
  await next();
}

/** As much of `ui_locales` as is kept with a sign-in. */
export const boundedLocales = (text: unknown): string => parseLocales(text).join(' ');
