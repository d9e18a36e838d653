import { handOver } from '@sesame/connector-http-sms/hand-over';
import { reportsWith } from '@sesame/connector-http-sms/reports';
import {
  defaultMailsOfAllLanguages,
  defineConnector,
  headersOf,
  type Message,
  type Template,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { configGuard } from './config.ts';
import { metadata } from './metadata.ts';

/** Hands each mail to the administrator's own endpoint as JSON. */
export default defineConnector<z.output<typeof configGuard>, Template>({
  type: 'Email',
  metadata,
  configGuard,
  defaultTemplates: defaultMailsOfAllLanguages,
  async send(message, context) {
    const result = await handOver(message, bodyOf(message), context);
    return { ...result, headers: headersOf(message, undefined, {}) };
  },
  reports: reportsWith({ suppress: z.boolean().optional() }),
});

/** `to`, `type` and `payload` are what Logto's HTTP connector sends. */
function bodyOf({ to, usageType, variables, text, mail, messageId, lifetimeSeconds, reportUrl }: Message) {
  return {
    to,
    type: usageType,
    payload: variables,
    subject: mail?.subject,
    text,
    html: mail?.html,
    messageId,
    expiresInSeconds: lifetimeSeconds,
    ...(reportUrl && { reportUrl }),
  };
}
