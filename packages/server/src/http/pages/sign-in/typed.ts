import { parsePhone } from '@sesame/connector-kit';
import { toPhoneField } from '@sesame/pages';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAddress } from '../../../messaging/recipient.ts';
import { recall, remember } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import type { FlowVisit } from './flow-visit.ts';
import { isUsername } from './identifier.ts';
import type { Typed } from './typed-values.ts';

/** No page is there: all that ask who somebody is share it. */
const path = '/typed';

/**
 * Keeps in the browser what a form says about who somebody is, for every page of the flow that asks for it.
 * @returns all of it
 */
export function keepTyped(
  request: FastifyRequest,
  reply: FastifyReply,
  visit: FlowVisit,
  { settings: { publicUrl } }: Pick<PageDeps, 'settings'>,
): Typed {
  const { text } = visit;
  const before = recall(request, visit, { path, publicUrl }).values;
  const agreed: Record<string, string> = text('agree') === '' ? {} : { agree: text('agree') };
  const values = { ...before, ...readTyped(visit, request.body), ...agreed };
  remember(reply, visit, { path, publicUrl }, { values });
  return values;
}

/** What pages begin with. */
export const recallTyped = (
  request: FastifyRequest,
  visit: FlowVisit,
  { settings: { publicUrl } }: Pick<PageDeps, 'settings'>,
): Typed => recall(request, visit, { path, publicUrl }).values;

/** What the fields of a form say for those of other forms. */
function readTyped({ text, country: likely }: FlowVisit, body: unknown): Record<string, string> {
  const has = (name: string) => Object.hasOwn(body as object, name);
  const [country, phone, username, identifier] = ['country', 'phone', 'username', 'identifier'].map(text) as [
    string,
    string,
    string,
    string,
  ];
  if (has('phone')) {
    const number = country === likely ? phone : (parsePhone(phone, country)?.e164 ?? phone);
    return { country, phone, ...(phone.trim() !== '' && { identifier: number }) };
  }
  if (has('username')) return { username, ...(username.trim() !== '' && { identifier: username }) };
  if (!has('identifier')) return {};
  if (identifier.trim() === '') return { identifier };
  if (isAddress(identifier)) return { identifier, email: identifier };
  return { identifier, ...(isUsername(identifier) ? { username: identifier } : phoneOf(identifier, likely)) };
}

function phoneOf(identifier: string, likely: string): Record<string, string> {
  const isAbroad = identifier.normalize('NFKC').trim().startsWith('+');
  const parsed = isAbroad ? parsePhone(identifier, likely) : undefined;
  if (!parsed) return { country: likely, phone: identifier };
  const { country, number } = toPhoneField(parsed.e164, likely);
  return { country, phone: number };
}
