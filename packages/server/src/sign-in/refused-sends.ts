import { mayBeOut } from '../connectors/connector-failure.ts';
import { ApiError } from '../errors.ts';
import { Undecided } from '../verification/guarding.ts';

/** Whether a send failed by no refusal, but by the server. */
export const isOurs = (error: unknown) => !(error instanceof ApiError) || error instanceof Undecided;

/** Names the verification of a code that may arrive although its send failed. */
export function withCode(error: unknown, verificationId: string): unknown {
  if (!(error instanceof ApiError) || !mayBeOut(error)) return error;
  return new ApiError(error.code, { ...error.data, verificationId }, error.status);
}

/** Whether a send was refused before any limit counted it. */
export const isBeforeSend = (error: unknown) => error instanceof ApiError && refusalsBeforeSend.includes(error.code);
const refusalsBeforeSend: readonly string[] = [
  'request.message_rate_limited',
  'request.sending_paused',
  'phone.cannot_receive_sms',
  'phone.country_not_served',
  'session.captcha_required',
];
