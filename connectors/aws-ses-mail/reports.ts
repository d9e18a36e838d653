import {
  type AskingReportContext,
  bounced,
  complained,
  type DeliveryReport,
  heldBack,
  jsonOf,
  type MailOutcome,
  type ReportRequest,
  type Reports,
  shapedAs,
  timeOf,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { SesConfig } from './config.ts';
import { readPublished } from './sns-envelope.ts';

/**
 * Reads what Amazon SES publishes to a topic of Amazon SNS: events of a configuration set, or notifications of an identity,
 * which say the same under another name.
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export const reports = { addressIs: 'entered', read } satisfies Reports<SesConfig>;

/** What goes along with a mail, and comes back in the events of a configuration set: Sesame's id of the message. */
export const messageTag = 'messageId';

/** What keeps these from being known does not keep the rest from counting. */
const words = z.string().nullish().catch(undefined);
const recipientGuard = z.object({ emailAddress: z.string(), status: words, diagnosticCode: words });
const recipientsGuard = z.array(recipientGuard).nullish();
const eventGuard = z.object({
  eventType: words,
  notificationType: words,
  mail: z.object({
    messageId: z.string(),
    destination: z.array(z.string()).nullish(),
    tags: z.record(z.string(), z.array(z.string())).nullish(),
  }),
  bounce: z
    .object({ bounceType: words, bounceSubType: words, bouncedRecipients: recipientsGuard, timestamp: words })
    .nullish(),
  complaint: z.object({ complaintSubType: words, complainedRecipients: recipientsGuard, timestamp: words }).nullish(),
  delivery: z.object({ smtpResponse: words, timestamp: words }).nullish(),
  deliveryDelay: z.object({ delayType: words, delayedRecipients: recipientsGuard, timestamp: words }).nullish(),
  reject: z.object({ reason: words }).nullish(),
});
type SesEvent = z.output<typeof eventGuard>;
type Recipient = z.output<typeof recipientGuard>;

async function read(request: ReportRequest, context: AskingReportContext<SesConfig>) {
  const published = await readPublished(request, context);
  // When events are directed to a topic, SES begins with a sentence.
  if (!published?.startsWith('{')) return { reports: [] };
  const event = shapedAs(eventGuard, jsonOf({ body: Buffer.from(published) }));
  return { reports: sayingsOf(event).map((said) => ({ ...aboutOf(event), ...said })) };
}

type Saying = MailOutcome & Pick<DeliveryReport, 'recipient' | 'providerCode' | 'providerMessage' | 'at'>;

const notSent = {
  state: 'undelivered',
  kind: 'configuration',
  meaning: 'Amazon SES did not send the mail; its words tell why.',
} as const;

/** What an event says of each recipient; nothing where it is none of a mail's way. */
function sayingsOf({ eventType, notificationType, mail, ...event }: SesEvent): Saying[] {
  const { bounce, complaint, delivery, deliveryDelay, reject } = event;
  const type = eventType ?? notificationType ?? '';
  const all = (mail.destination ?? []).map((emailAddress): Recipient => ({ emailAddress }));
  const ofEach = (recipients: Recipient[] | null | undefined, say: (one: Recipient) => Omit<Saying, 'recipient'>) =>
    (recipients ?? all).map((one) => ({ recipient: one.emailAddress, ...say(one) }));
  switch (type) {
    case 'Send':
      return ofEach(all, () => ({ state: 'sent', providerMessage: type }));
    case 'DeliveryDelay':
      return ofEach(deliveryDelay?.delayedRecipients, ({ diagnosticCode, status }) => ({
        ...{ state: 'sent', providerCode: status ?? undefined, at: timeOf(deliveryDelay?.timestamp) },
        providerMessage: diagnosticCode || deliveryDelay?.delayType || type,
      }));
    case 'Delivery':
      return ofEach(all, () => ({
        ...{ state: 'delivered', providerMessage: delivery?.smtpResponse || type, at: timeOf(delivery?.timestamp) },
      }));
    case 'Bounce':
      return ofEach(bounce?.bouncedRecipients, (one) => ({
        ...outcomeOf(bounce ?? {}, one),
        providerCode: one.status || bounce?.bounceSubType || undefined,
        providerMessage: one.diagnosticCode || [bounce?.bounceType, bounce?.bounceSubType].join(' '),
        at: timeOf(bounce?.timestamp),
      }));
    case 'Complaint':
      return ofEach(complaint?.complainedRecipients, () => ({
        ...(complaint?.complaintSubType === 'OnAccountSuppressionList' ? heldBack : complained),
        ...{ providerMessage: complaint?.complaintSubType || type, at: timeOf(complaint?.timestamp) },
      }));
    case 'Reject':
      return ofEach(all, () => ({ ...notSent, providerMessage: reject?.reason || type }));
    default:
      return [];
  }
}

/** Where SES sends nothing by itself any more. */
const suppressedThere = new Set(['Suppressed', 'OnAccountSuppressionList', 'UnsubscribedRecipient']);

/** @see https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html#bounce-types */
function outcomeOf({ bounceType, bounceSubType }: NonNullable<SesEvent['bounce']>, one: Recipient): MailOutcome {
  if (suppressedThere.has(bounceSubType ?? '')) return heldBack;
  if (bounceSubType === 'NoEmail') return bounced('550 5.1.1');
  const outcome = bounced(one.diagnosticCode || one.status || '');
  // A mailbox that is full, or a mail that says it will be back, may take the next one.
  return bounceType === 'Permanent' ? outcome : { ...outcome, suppress: undefined };
}

const aboutOf = ({ mail }: SesEvent): Omit<DeliveryReport, 'state'> => ({
  messageId: mail.tags?.[messageTag]?.[0],
  providerMessageId: mail.messageId,
});
