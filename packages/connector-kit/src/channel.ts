/** What messages travel by. Each channel has a live connector of its own; a further channel is a further value here. */
export const channels = ['Sms', 'Email'] as const;

export type Channel = (typeof channels)[number];

/** Whether messages can travel by it; a connector's module may say anything. */
export function isChannel(type: unknown): type is Channel {
  return channels.some((channel) => channel === type);
}
