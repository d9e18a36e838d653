import { isProblemReason, type Problem, passwordRules } from '@sesame/pages';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { hostCookieAttributes, hostCookieName } from '../../../oidc/cookies.ts';
import type { Visit } from './visit.ts';

const maxAgeSeconds = 10 * 60;
/** An address of the longest kind, with what may be around it. */
const longestValue = 320;

/** What a page says and shows when it comes back after a form was sent. */
export type Memory = {
  problem?: Problem | undefined;
  notice?: string | undefined;
  /** What was typed; never a password or a code. */
  values: Record<string, string>;
};

const memorySchema = z.object({
  visit: z.string(),
  path: z.string(),
  reason: z.string().refine(isProblemReason).optional(),
  triesLeft: z.int().min(0).optional(),
  broken: z.array(z.object({ rule: z.enum(passwordRules), limit: z.int().optional() })).optional(),
  /** When the wait is over, in milliseconds since the epoch. */
  waitUntil: z.int().optional(),
  notice: z.string().optional(),
  values: z.record(z.string(), z.string()),
});

/** Where a form is. */
type PageAt = { path: string; publicUrl: string };

/** A cookie for each page, for example `sesame_form_sign-in_code`. */
const cookieName = ({ path, publicUrl }: PageAt): string =>
  hostCookieName(publicUrl, `sesame_form${path.replace(/[^\w-]/g, '_')}`);

/** Keeps it in the browser for the next time that this page is shown, so that a reload sends no form again. */
export function remember(
  reply: FastifyReply,
  { id, context }: Visit,
  page: PageAt,
  { problem, notice, values }: Memory,
): void {
  const memory: z.input<typeof memorySchema> = {
    visit: id,
    path: page.path,
    reason: problem?.reason,
    triesLeft: problem?.triesLeft,
    broken: problem?.broken?.slice(),
    waitUntil: problem?.waitSeconds === undefined ? undefined : context.now + problem.waitSeconds * 1000,
    notice,
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.slice(0, longestValue)])),
  };
  const value = Buffer.from(JSON.stringify(memory)).toString('base64url');
  reply.setCookie(cookieName(page), value, { ...hostCookieAttributes(page.publicUrl, 'lax'), maxAge: maxAgeSeconds });
}

/** What was kept for this page of this visit. */
export function recall(request: FastifyRequest, { id, context }: Visit, page: PageAt): Memory {
  const { reason, triesLeft, broken, waitUntil, notice, values } = read(request, id, page) ?? { values: {} };
  const waitSeconds = waitUntil === undefined ? undefined : Math.ceil((waitUntil - context.now) / 1000);
  const isOver = waitSeconds !== undefined && waitSeconds <= 0;
  return { values, notice, ...(reason && !isOver && { problem: { reason, triesLeft, broken, waitSeconds } }) };
}

/** The form was in order. */
export function forget(reply: FastifyReply, page: PageAt): void {
  reply.clearCookie(cookieName(page), hostCookieAttributes(page.publicUrl, 'lax'));
}

/** What the cookie of this page holds, if it is of this visit. */
function read(
  { headers, server }: FastifyRequest,
  visit: string,
  page: PageAt,
): z.output<typeof memorySchema> | undefined {
  const value = server.parseCookie(headers.cookie ?? '')[cookieName(page)];
  const memory = memorySchema.safeParse(parse(value ?? ''));
  return memory.success && memory.data.visit === visit && memory.data.path === page.path ? memory.data : undefined;
}

function parse(value: string): unknown {
  try {
    return JSON.parse(Buffer.from(value, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
