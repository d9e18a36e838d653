import { isProblemReason, type Problem } from '@sesame/pages';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Visit } from './visit.ts';

const cookieName = 'sesame_form';
const maxAgeSeconds = 10 * 60;

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
  /** When the wait is over, in milliseconds since the epoch. */
  waitUntil: z.int().optional(),
  notice: z.string().optional(),
  values: z.record(z.string(), z.string()),
});

const attributes = (path: string, publicUrl: string) => ({
  path,
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: publicUrl.startsWith('https:'),
});

/** Keeps it in the browser for the next time that this page is shown, so that a reload sends no form again. */
export function remember(
  reply: FastifyReply,
  { id, context }: Visit,
  { path, publicUrl }: { path: string; publicUrl: string },
  { problem, notice, values }: Memory,
): void {
  const memory: z.input<typeof memorySchema> = {
    visit: id,
    path,
    reason: problem?.reason,
    triesLeft: problem?.triesLeft,
    waitUntil: problem?.waitSeconds === undefined ? undefined : context.now + problem.waitSeconds * 1000,
    notice,
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.slice(0, 128)])),
  };
  const value = Buffer.from(JSON.stringify(memory)).toString('base64url');
  reply.setCookie(cookieName, value, { ...attributes(path, publicUrl), maxAge: maxAgeSeconds });
}

/** What was kept for this page of this visit. */
export function recall(request: FastifyRequest, { id, context }: Visit, path: string): Memory {
  const { reason, triesLeft, waitUntil, notice, values } = read(request, id, path) ?? { values: {} };
  const waitSeconds = waitUntil === undefined ? undefined : Math.ceil((waitUntil - context.now) / 1000);
  const isOver = waitSeconds !== undefined && waitSeconds <= 0;
  return { values, notice, ...(reason && !isOver && { problem: { reason, triesLeft, waitSeconds } }) };
}

/** The form was in order. */
export function forget(reply: FastifyReply, { path, publicUrl }: { path: string; publicUrl: string }): void {
  reply.clearCookie(cookieName, attributes(path, publicUrl));
}

/** Of several cookies with the name, one per path, the one for this page. */
function read({ headers }: FastifyRequest, visit: string, path: string): z.output<typeof memorySchema> | undefined {
  const cookies = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  for (const cookie of cookies.filter((pair) => pair.startsWith(`${cookieName}=`))) {
    const memory = memorySchema.safeParse(parse(cookie.slice(cookieName.length + 1)));
    if (memory.success && memory.data.visit === visit && memory.data.path === path) return memory.data;
  }
  return undefined;
}

function parse(value: string): unknown {
  try {
    return JSON.parse(Buffer.from(value, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
