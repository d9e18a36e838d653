import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';

/** Names the message in an address that goes along with it. */
export const messageParameter = 'm';

const secretBytes = 24;

/**
 * Where providers report what became of messages: an address for each connector that nobody can guess, with 192 bits that
 * follow from the server's key, so that it stays the same as long as the connector is known.
 */
export function createReportAddresses({ key, publicUrl }: { key: KeyObject; publicUrl: string }) {
  /** Of connectors that there are: nobody fills this with names. */
  const known = new Map<string, Buffer>();
  const secretOf = (connectorId: string) =>
    known.get(connectorId) ?? createHmac('sha256', key).update(connectorId).digest().subarray(0, secretBytes);

  /** The address of a connector, to be entered at its provider. */
  function ofConnector(connectorId: string): string {
    const secret = secretOf(connectorId);
    known.set(connectorId, secret);
    return `${publicUrl}/callbacks/${encodeURIComponent(connectorId)}/${secret.toString('base64url')}`;
  }

  return {
    ofConnector,
    /** The same for one message. */
    ofMessage: (connectorId: string, messageId: string): string =>
      `${ofConnector(connectorId)}?${messageParameter}=${encodeURIComponent(messageId)}`,

    /** Whether the secret is the one in the connector's address. */
    isRight(connectorId: string, secret: string): boolean {
      const given = Buffer.from(secret, 'base64url');
      const right = secretOf(connectorId);
      const isRight = given.length === secretBytes && timingSafeEqual(given, right);
      if (isRight) known.set(connectorId, right);
      return isRight;
    },
  };
}
export type ReportAddresses = ReturnType<typeof createReportAddresses>;
