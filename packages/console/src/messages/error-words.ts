import type { TFunction } from 'i18next';

/** What is kept of messages that went wrong, by the codes of the catalogue. */
export const errorCodes = [
  'connector.general',
  'connector.invalid_config',
  'connector.invalid_response',
  'connector.not_found',
  'connector.rate_limit_exceeded',
  'connector.template_not_found',
  'connector.undelivered',
  'request.message_rate_limited',
  'request.sending_paused',
] as const;

/** What a code of the catalogue says about a message, in a few words; one that is not known stands for itself. */
export function errorWords(t: TFunction, code: string): string {
  const known = errorCodes.find((each) => each === code);
  return known ? t(`messages.error.${known}`) : code;
}
