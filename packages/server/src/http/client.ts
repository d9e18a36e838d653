import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { NewSignIn, SignIns } from '../accounts/sign-ins.ts';
import { hostCookieAttributes, hostCookieName } from '../oidc/cookies.ts';
import type { Client, DeviceAccount } from '../protection/client.ts';
import { type Devices, deviceDays } from '../protection/devices.ts';
import { toAddress } from '../protection/networks.ts';
import type { SubmittedSignIn } from '../sign-in/sign-in-flows.ts';
import { clientAddress, type IsTrusted } from './client-address.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sent the request, for limits. */
    readonly client: Client;
  }
}

const cookieName = (publicUrl: string): string => hostCookieName(publicUrl, 'sesame_device');

const clients = new WeakMap<IncomingMessage, Client>();

/** Of connections, which bring many requests. */
const peers = new WeakMap<Socket, string>();

function peerOf(socket: Socket): string {
  const peer = peers.get(socket) ?? toAddress(socket.remoteAddress ?? '') ?? '';
  peers.set(socket, peer);
  return peer;
}

/** Who sent a request; nobody knows the address where the client left before it was read. */
export const clientOf = (request: IncomingMessage): Client => clients.get(request) ?? { address: '', marks: [] };

/**
 * Makes every request say who sent it: `ip`, for the log, and `client`, for limits, come from the same address. It is
 * read at once, because the socket of a client that leaves has none.
 */
export function tellClients(
  app: FastifyInstance,
  { devices, isTrusted, settings }: { devices: Devices; isTrusted: IsTrusted; settings: { publicUrl: string } },
) {
  const name = cookieName(settings.publicUrl);
  app.addHook('onRequest', (request, _, done) => {
    const { raw } = request;
    const { cookie, 'x-forwarded-for': forwarded } = raw.headers;
    // Fastify believes this header of a trusted proxy, and takes it as it is.
    if (forwarded !== undefined) raw.headers['x-forwarded-for'] = clientAddress(raw, isTrusted);
    // Without it nobody need be asked about, which costs more than the rest.
    const address = forwarded === undefined ? peerOf(raw.socket) : (toAddress(request.ip ?? '') ?? '');
    const marks = cookie === undefined ? [] : devices.read(app.parseCookie(cookie)[name]);
    clients.set(raw, { address, marks });
    done();
  });
  app.decorateRequest('client', {
    getter(this: FastifyRequest): Client {
      return clientOf(this.raw);
    },
  });
}

/**
 * Makes the browser keep that it has signed in to an account. No script gets at the cookie; it comes along when an
 * application sends the browser here.
 * @param account with what the browser is trusted by from now on, where it is
 * @returns what the browser is known as, and trusted by, from now on
 */
export function rememberDevice(
  { client }: FastifyRequest,
  reply: FastifyReply,
  { trust, ...account }: DeviceAccount & { trust?: string | undefined },
  { devices, settings: { publicUrl } }: { devices: Devices; settings: { publicUrl: string } },
): Pick<NewSignIn, 'device' | 'trust'> {
  const cookie = devices.mark(client, account, trust);
  reply.setCookie(cookieName(publicUrl), cookie, {
    ...hostCookieAttributes(publicUrl, 'lax'),
    maxAge: deviceDays * 24 * 60 * 60,
  });
  const { device, trust: kept } = devices.read(cookie)[0] ?? {};
  return { device, trust: kept };
}

/** Records that somebody got in with the session that the browser had already. */
export function recordReturn(
  request: IncomingMessage,
  signIn: { userId: string; applicationId: string },
  { signIns, log }: { signIns: SignIns; log: FastifyBaseLogger },
): void {
  const how = { event: 'SignIn', method: 'session' } as const;
  const from = { client: clientOf(request), userAgent: request.headers['user-agent'] };
  signIns.record({ ...signIn, ...how, ...from }).catch(notRecorded(log));
}

const notRecorded = (log: FastifyBaseLogger) => (error: unknown) =>
  log.error({ err: error }, 'a sign-in is not recorded');

/** Makes the browser keep that a user has signed in with it, and records the sign-in. */
export function rememberSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { accountId, applicationId, trust, ...how }: SubmittedSignIn & { applicationId: string },
  deps: { devices: Devices; signIns: SignIns; settings: { publicUrl: string } },
): void {
  const known = rememberDevice(request, reply, { type: 'user', id: accountId, trust }, deps);
  const { client, headers } = request;
  const signIn = { ...how, ...known, userId: accountId, applicationId, client, userAgent: headers['user-agent'] };
  deps.signIns.record(signIn).catch(notRecorded(request.log));
}
