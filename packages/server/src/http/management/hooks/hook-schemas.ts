import { isFramingHeader, oneLine, schemeMissing } from '@sesame/connector-kit';
import { z } from 'zod';
import { onOneLine } from '../../../plain-text.ts';
import { hookEvents } from '../../../webhooks/events.ts';
import type { Hook } from '../../../webhooks/hook.ts';

/** What every operation on webhooks says of itself. */
export const tags = ['Webhooks'];

const maxHeaders = 32;

/** What webhooks can be told of. */
export const hookEvent = z.enum(hookEvents);

const headerName = z
  .string()
  .max(128)
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'Give the name of a header: letters, digits and dashes.')
  .refine((name) => !isFramingHeader(name), 'This header is set by the server itself; leave it out.');
const headerValue = z
  .string()
  .max(4096)
  .regex(/^[\t\x20-\x7e]*$/, 'Use printable ASCII characters.');

/** Where a webhook is. */
export const hookConfig = z.object({
  url: z
    .string()
    .max(2048)
    .refine(isTarget, {
      error: ({ input }) =>
        schemeMissing(String(input)) ?? 'Give an http or https URL without a username and a password.',
    })
    .describe('Where requests go.'),
  headers: z
    .record(headerName, headerValue)
    .refine((headers) => Object.keys(headers).length <= maxHeaders, `Give at most ${maxHeaders} headers.`)
    .optional()
    .describe('Headers that requests carry.'),
  retries: z
    .number()
    .int()
    .min(0)
    .max(3)
    .optional()
    .describe('Taken for callers of Logto; requests are repeated for about a day anyway.'),
});

function isTarget(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && oneLine.test(text)
  );
}

/** The events of a webhook, each once. */
export const hookEventList = z
  .array(hookEvent)
  .refine((events) => new Set(events).size === events.length, 'Name each event once.');

/** What is said of a webhook, in Logto's older form too, with one `event`. */
export const hookFields = {
  name: z
    .string()
    .max(256)
    .regex(...onOneLine)
    .optional()
    .describe('For people.'),
  events: hookEventList.optional().describe('What it is told of; at least one.'),
  event: hookEvent.optional().describe('In place of `events`, for one.'),
  enabled: z.boolean().optional().describe('Whether it is told of anything.'),
};

/** The events that a body names; nothing where it names none. */
export const eventsIn = ({
  events,
  event,
}: {
  events?: Hook['events'] | undefined;
  event?: Hook['events'][number] | undefined;
}) => events ?? (event && [event]);

export const hookParams = z.object({ id: z.string().min(1).max(64).describe('Id of the webhook.') });

/** A webhook as replies show it. */
export const hookReply = z.object({
  tenantId: z.literal('default').describe('As in Logto; there is one tenant.'),
  id: z.string(),
  name: z.string(),
  event: z.null().describe('As in Logto, where it is no longer used.'),
  events: z.array(hookEvent),
  config: z.object({
    url: z.string(),
    headers: z.record(z.string(), z.string()).optional(),
    retries: z.number().optional(),
  }),
  signingKey: z.string().describe('What requests are signed with.'),
  enabled: z.boolean(),
  createdAt: z.int(),
  executionStats: z
    .object({ successCount: z.int(), requestCount: z.int() })
    .optional()
    .describe('Requests of the last day, and those that were taken.'),
});

export const describeHook = (hook: Hook) => ({ tenantId: 'default' as const, event: null, ...hook });
