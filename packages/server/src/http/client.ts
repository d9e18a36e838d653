import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hostCookieAttributes, hostCookieName } from '../oidc/cookies.ts';
import type { Client, DeviceAccount } from '../protection/client.ts';
import { type Devices, deviceDays } from '../protection/devices.ts';
import { toAddress } from '../protection/networks.ts';
import { clientAddress, type IsTrusted } from './client-address.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sent the request, for limits. */
    readonly client: Client;
  }
}

const cookieName = (publicUrl: string): string => hostCookieName(publicUrl, 'sesame_device');

const clients = new WeakMap<IncomingMessage, Client>();

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
    const { cookie } = raw.headers;
    // Fastify believes this header of a trusted proxy, and takes it as it is.
    if (raw.headers['x-forwarded-for'] !== undefined) raw.headers['x-forwarded-for'] = clientAddress(raw, isTrusted);
    const marks = cookie === undefined ? [] : devices.read(app.parseCookie(cookie)[name]);
    clients.set(raw, { address: toAddress(request.ip ?? '') ?? '', marks });
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
 */
export function rememberDevice(
  { client }: FastifyRequest,
  reply: FastifyReply,
  account: DeviceAccount,
  { devices, settings: { publicUrl } }: { devices: Devices; settings: { publicUrl: string } },
): void {
  reply.setCookie(cookieName(publicUrl), devices.mark(client, account), {
    ...hostCookieAttributes(publicUrl, 'lax'),
    maxAge: deviceDays * 24 * 60 * 60,
  });
}
