import { qrCode } from '@sesame/pages';
import { z } from 'zod';
import type { AuthenticatorState } from '../accounts/authenticators.ts';
import type { BackupCodeState } from '../accounts/backup-codes.ts';
import { backupCode, totp } from '../experience/second-factors.ts';
import { onOneLine } from '../plain-text.ts';

const common = { id: z.string(), createdAt: z.iso.datetime(), lastUsedAt: z.iso.datetime().optional() };

/** What of a user comes second that is set up by itself, as Logto lists it. */
export const verificationsReply = z.array(
  z.discriminatedUnion('type', [
    z.object({ ...common, type: z.literal(totp) }),
    z.object({
      ...common,
      type: z.literal(backupCode),
      remainCodes: z.int().describe('How many of the codes are unused.'),
    }),
  ]),
);

/** What a user has; undefined for what there is none of. */
export function toVerifications({
  authenticator,
  backupCodes,
}: {
  authenticator: AuthenticatorState | undefined;
  backupCodes: BackupCodeState | undefined;
}): z.infer<typeof verificationsReply> {
  return [
    ...(authenticator ? [{ ...toCommon(authenticator), type: totp } as const] : []),
    ...(backupCodes ? [{ ...toCommon(backupCodes), type: backupCode, remainCodes: backupCodes.left } as const] : []),
  ];
}

const toCommon = ({ id, createdAt, lastUsedAt }: AuthenticatorState) => ({
  id,
  createdAt: new Date(createdAt).toISOString(),
  ...(lastUsedAt !== null && { lastUsedAt: new Date(lastUsedAt).toISOString() }),
});

/** A secret that somebody else has made; what it may be is read more strictly. */
export const givenSecret = z
  .string()
  .max(256)
  .regex(...onOneLine)
  .describe('In base32, for example of an app that is set up already.');

/** A new secret, as an authenticator app takes it. */
export const shownSecretReply = {
  secret: z.string().describe('In base32.'),
  secretQrCode: z.string().describe('A `data:` URL with an image of the QR code.'),
};

/** A text as an image of its QR code, dark on white: a `data:` URL with SVG. */
export function qrCodeUrl(text: string): string {
  const { size, path } = qrCode(text);
  const background = `<path fill="#fff" d="M0 0h${size}v${size}H0z"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${8 * size}" height="${8 * size}" shape-rendering="crispEdges">${background}<path d="${path}"/></svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
