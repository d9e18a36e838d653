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

/** Makes every request say who sent it: `ip`, for the log, and `client`, for limits, come from the same address. */
export function tellClients(
  app: FastifyInstance,
  { devices, isTrusted, settings }: { devices: Devices; isTrusted: IsTrusted; settings: { publicUrl: string } },
) {
  const name = cookieName(settings.publicUrl);
  app.addHook('onRequest', async ({ raw }) => {
    // Fastify believes this header of a trusted proxy, and takes it as it is.
    if (raw.headers['x-forwarded-for'] !== undefined) raw.headers['x-forwarded-for'] = clientAddress(raw, isTrusted);
  });
  app.decorateRequest('client', {
    getter(this: FastifyRequest): Client {
      const { cookie } = this.headers;
      const marks = cookie === undefined ? [] : devices.read(app.parseCookie(cookie)[name]);
      return { address: toAddress(this.ip) ?? '', marks };
    },
  });
}

/** Makes the browser keep that it has signed in to an account. No script and no other site gets at the cookie. */
export function rememberDevice(
  { client }: FastifyRequest,
  reply: FastifyReply,
  account: DeviceAccount,
  { devices, settings: { publicUrl } }: { devices: Devices; settings: { publicUrl: string } },
): void {
  reply.setCookie(cookieName(publicUrl), devices.mark(client, account), {
    ...hostCookieAttributes(publicUrl, 'strict'),
    maxAge: deviceDays * 24 * 60 * 60,
  });
}
