import i18next from 'i18next';
import { refusedFields } from '../api/api-error.ts';
import type { HookEvent, Webhook } from './webhook.ts';

/** What the form of a webhook holds. */
export type WebhookFields = {
  name: string;
  url: string;
  headers: readonly { name: string; value: string }[];
  events: readonly HookEvent[];
  enabled: boolean;
};

/** A webhook that is to be made. */
export const noWebhook: WebhookFields = { name: '', url: '', headers: [], events: [], enabled: true };

/** What the form starts from. */
export const fieldsOf = ({ name, config: { url, headers = {} }, events, enabled }: Webhook): WebhookFields => ({
  ...{ name, url, events, enabled },
  headers: Object.entries(headers).map(([key, value]) => ({ name: key, value })),
});

/** What is sent. @throws ApiError where two headers have one name, which the API cannot have */
export function bodyOf({ name, url, headers, events, enabled }: WebhookFields) {
  const given = headers.map((header) => ({ name: header.name.trim(), value: header.value.trim() }));
  const named = given.filter((header) => header.name !== '' || header.value !== '');
  if (new Set(named.map((header) => header.name.toLowerCase())).size < named.length) {
    throw refusedFields([{ path: 'config.headers', message: i18next.t('webhooks.headers.twice') }]);
  }
  return {
    name: name.trim(),
    config: { url: url.trim(), headers: Object.fromEntries(named.map((header) => [header.name, header.value])) },
    events: [...events],
    enabled,
  };
}
