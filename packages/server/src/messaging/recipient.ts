import type { Channel, ParsedPhone } from '@sesame/connector-kit';

/** Whom a message goes to, and by which channel. */
export type Recipient = {
  channel: Channel;
  /** As the channel spells it: E.164 for `Sms`. Limits, codes and messages go by it. */
  address: string;
  /** ISO 3166-1 alpha-2, where the address tells it. */
  country: string | undefined;
};

export const recipientOfPhone = ({ e164, country }: ParsedPhone): Recipient => ({
  channel: 'Sms',
  address: e164,
  country,
});
