import type { TFunction } from 'i18next';

/** What happened, as webhooks are told of it. An event that is not known is called as it is. */
export const eventName = (t: TFunction, event: string): string =>
  (t as (key: string, values: object) => string)(`webhooks.event.${event}`, { defaultValue: event });
