import { isChannel } from '@sesame/connector-kit';
import { IconMail, IconMessage } from '../shell/icons.tsx';

/** What messages can travel by, as the page of connectors lists it; the texts are below `connectors.<text>`. */
export const channelRows = [
  { channel: 'Sms', text: 'sms', Icon: IconMessage },
  { channel: 'Email', text: 'email', Icon: IconMail },
] as const;

export type ChannelRow = (typeof channelRows)[number];

/** Whether this version of Sesame sends by it. */
export const isThere = ({ channel }: ChannelRow): boolean => isChannel(channel);
