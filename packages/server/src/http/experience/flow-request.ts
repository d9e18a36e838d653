import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../../errors.ts';
import { type Recipient, type RecipientKey, recipientOfEmail, recipientOfPhone } from '../../messaging/recipient.ts';
import { flowCookieAttributes, flowCookieName, readFlowKey } from '../../oidc/flow-cookie.ts';
import type { Interactions } from '../../oidc/interactions.ts';
import { namedApplication, namedId, type SignInRequest } from '../../oidc/sign-in-request.ts';
import type { Client } from '../../protection/client.ts';
import type { Services } from '../../services.ts';
import type { FlowAccess } from '../../sign-in/flow-keys.ts';
import { channelOf } from '../../sign-in/user-recipients.ts';
import type { Wording } from '../../verification/requests.ts';
import { askBeforeBody } from '../before-body.ts';
import { checkSameSite } from '../console/same-site.ts';
import { localeWishes } from '../locale-wishes.ts';
import { emailSchema, phoneSchema, reachedEmailSchema, recipientSchema } from '../schemas.ts';

/** What the operations of the Experience API ask of the other rooms. */
export type ExperienceDeps = Pick<
  Services,
  'signInFlows' | 'signIns' | 'experience' | 'accountCenter' | 'devices' | 'connectors' | 'humanCheck'
> & {
  interactions: Interactions;
  settings: { publicUrl: string };
};

export const tags = ['Experience'];
/** The cookies of the sign-in are the proof; there is nothing to send along. */
export const security = [];

export const eventSchema = z.enum(['SignIn', 'Register', 'ForgotPassword']);
/** What a person is known by, as the API names it. */
export const phoneIdentifierSchema = z.object({ type: z.literal('phone'), value: phoneSchema });
export const emailIdentifierSchema = z.object({ type: z.literal('email'), value: emailSchema });

/** Where a code is to go. */
export const codeIdentifierSchema = z.discriminatedUnion('type', [phoneIdentifierSchema, emailIdentifierSchema]);

/** Where a code went. */
export const reachedIdentifierSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('phone'), value: recipientSchema }),
  z.object({ type: z.literal('email'), value: reachedEmailSchema }),
]);

/** Whom an identifier means. */
export const toRecipient = ({ type, value }: z.output<typeof codeIdentifierSchema>): Recipient =>
  type === 'phone' ? recipientOfPhone(value) : recipientOfEmail(value);

/** Whom a code went to, as the caller has it; without a key where that cannot be anybody. */
export function toReached({
  type,
  value,
}: z.output<typeof reachedIdentifierSchema>): Pick<RecipientKey, 'channel'> & Partial<RecipientKey> {
  if (type === 'phone') return value ? recipientOfPhone(value) : { channel: channelOf.phone };
  return value ? recipientOfEmail(value) : { channel: channelOf.email };
}
export const verificationIdSchema = z.string().min(1).max(64);

export const newPasswordSchema = z.string().max(1024);

/** What a request of the Experience API is about. */
export type FlowRequest = {
  signIn: SignInRequest;
  access: FlowAccess;
  client: Client;
  /** How messages are worded. */
  wording: Wording;
};

type OpenFlowDeps = Pick<ExperienceDeps, 'interactions' | 'signInFlows' | 'settings'>;

const requests = new WeakMap<FastifyRequest, FlowRequest>();

/** What a request in a scope of `takeFlowCookies` is about. */
export function flowRequestOf(request: FastifyRequest): FlowRequest {
  const known = requests.get(request);
  if (!known) throw new ApiError('session.not_found');
  return known;
}

/**
 * Lets only requests into the scope of `app` that carry the cookies of a sign-in.
 * @throws to the caller ApiError `session.not_found`, `auth.forbidden` for a request of another site
 */
export const takeFlowCookies = (app: FastifyInstance, deps: OpenFlowDeps): void =>
  askBeforeBody(app, async (request) => {
    requests.set(request, await readFlowRequest(request, deps));
  });

/** The sign-in that the cookies of a request are of. */
async function readFlowRequest(
  request: FastifyRequest,
  { interactions, signInFlows, settings }: OpenFlowDeps,
): Promise<FlowRequest> {
  checkSameSite(request, settings.publicUrl);
  const id = await interactions.idFromCookie(request);
  if (id === undefined) throw new ApiError('session.not_found');
  const { cookie, 'accept-language': acceptLanguage } = request.headers;
  const access = { id, key: readFlowKey(cookie, { id, ...settings }) };
  const found = await interactions.find(signInFlows.keyOf(access));
  if (!found) throw new ApiError('session.not_found');
  const { signIn, flow: seen } = found;
  return {
    signIn,
    access: { ...access, seen },
    client: request.client,
    wording: {
      locales: localeWishes({ ...signIn, acceptLanguage }),
      application: namedApplication(signIn),
      asker: { through: 'experience-api', applicationId: namedId(signIn) },
    },
  };
}

/** Makes the browser keep the new key of a flow. */
export function keepFlowKey(reply: FastifyReply, { id }: FlowAccess, key: string, publicUrl: string): void {
  reply.setCookie(flowCookieName({ id, publicUrl }), key, flowCookieAttributes(publicUrl));
}
