import type { Channel } from '@sesame/connector-kit';
import type { TFunction } from 'i18next';
import { IconMail, IconMessage } from '../shell/icons.tsx';

/**
 * What messages travel by, as the page of connectors lists it; the texts are below `connectors.<text>`, and `overHttp` is
 * the factory of the connector that hands messages to an endpoint of one's own.
 */
export const channelRows = [
  { channel: 'Sms', text: 'sms', Icon: IconMessage, overHttp: 'http-sms' },
  { channel: 'Email', text: 'email', Icon: IconMail, overHttp: 'http-email' },
] as const satisfies { channel: Channel; text: string; Icon: unknown; overHttp: string }[];

export type ChannelRow = (typeof channelRows)[number];

/** The row of a connector's type. */
export const rowOf = (type: string): ChannelRow =>
  channelRows.find(({ channel }) => channel === type) ?? channelRows[0];

/** What texts of the catalogue call a channel, and whom it reaches. */
export function channelWords(t: TFunction, type: string): { channel: string; identifier: string } {
  const { text } = rowOf(type);
  return { channel: t(`connectors.${text}.name`), identifier: t(`connectors.${text}.identifier`) };
}

/** The channel in an address; SMS is not named there. */
export const readChannel = ({ channel }: Record<string, unknown>): { channel?: 'Email' } =>
  channel === 'Email' ? { channel } : {};
