import {
  amountOf,
  type DeliveryReport,
  itemsShapedAs,
  jsonOf,
  loosely,
  type ReportContext,
  type ReportRequest,
  type Reports,
  shapedAs,
  statusesMean,
  timeOf,
} from '@sesame/connector-kit';
import { z } from 'zod';
import type { InfobipConfig } from './config.ts';
import { messageRefusals } from './refusals.ts';

/**
 * Reads Infobip's delivery reports. Infobip signs none that it sends to the address of a message: the secret in the
 * address is all there is to go by.
 * @see https://www.infobip.com/docs/api/channels/sms/outbound-sms/receive-outbound-sms-message-reports
 */
export const reports = { addressIs: 'sent', read } satisfies Reports<InfobipConfig>;

const stateOf = statusesMean({
  PENDING: 'sent',
  DELIVERED: 'delivered',
  UNDELIVERABLE: 'undelivered',
  EXPIRED: 'undelivered',
  REJECTED: 'undelivered',
});

const reasonShape = {
  id: loosely(z.number()),
  name: loosely(z.string()),
  groupName: loosely(z.string()),
  description: loosely(z.string()),
};

const resultGuard = z.object({
  messageId: z.string().min(1),
  doneAt: loosely(z.string()),
  smsCount: loosely(z.number()),
  messageCount: loosely(z.number()),
  mccMnc: loosely(z.string()),
  price: loosely(z.object({ pricePerMessage: z.number(), currency: z.string() })),
  status: z.object({ ...reasonShape, groupName: z.string() }),
  error: loosely(z.object(reasonShape)),
});
const bodyGuard = z.object({ results: z.array(z.unknown()) });

type Result = z.output<typeof resultGuard>;

function read(request: ReportRequest, _: ReportContext<InfobipConfig>) {
  const { results } = shapedAs(bodyGuard, jsonOf(request));
  return { reports: itemsShapedAs(resultGuard, results).flatMap(reportOf) };
}

function reportOf(result: Result): DeliveryReport[] {
  const { messageId, status, error, price, doneAt, mccMnc } = result;
  const state = stateOf(status.groupName);
  if (!state) return [];
  const parts = result.smsCount ?? result.messageCount ?? undefined;
  const amount = amountOf(price && price.pricePerMessage * (parts ?? 1));
  const report: DeliveryReport = {
    messageId,
    providerMessageId: messageId,
    state,
    providerMessage: status.description ?? status.groupName,
    at: timeOf(doneAt),
    parts,
    price: price && amount !== undefined ? { amount, currency: price.currency } : undefined,
    network: mccMnc ?? undefined,
  };
  return [state === 'undelivered' ? { ...report, ...whyOf({ status, error }) } : report];
}

/** Errors of these groups lie with the phone, or with whoever has it. */
const groupsOfRecipients = ['HANDSET_ERRORS', 'USER_ERRORS'];

function whyOf({ status, error }: Pick<Result, 'status' | 'error'>): Partial<DeliveryReport> {
  const why = messageRefusals.get(status.id ?? -1);
  const says = error?.groupName && error.groupName !== 'OK' ? error : status;
  return {
    kind: groupsOfRecipients.includes(error?.groupName ?? '') ? 'recipient' : why?.kind,
    meaning: why?.meaning,
    providerCode: says.name ?? undefined,
    providerMessage: says.description ?? status.groupName,
  };
}
