import type { paths } from '../api/schema.d.ts';

/** A webhook as the API tells it. */
export type Webhook = Omit<paths['/api/hooks/{id}']['get']['responses'][200]['content']['application/json'], 'event'>;
/** What a webhook can be told of. */
export type HookEvent = Webhook['events'][number];
