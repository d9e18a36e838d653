import { configuration, type Refusal, recipient, refusalTable, unclear } from '@sesame/connector-kit';

/**
 * Why a message that Vonage had accepted was not delivered, by `err-code`; the statuses of answers are other numbers.
 * @see https://developer.vonage.com/en/messaging/sms/guides/delivery-receipts
 */
export const receiptErrors = refusalTable<Refusal>({
  1: unclear('The carrier gave no reason.'),
  2: recipient('The phone is off or out of reach.'),
  3: recipient('The number is no longer in use.'),
  4: recipient('The recipient blocks such messages.'),
  5: recipient('The number moved to another carrier, and Vonage could not follow it.'),
  6: configuration('The carrier took the message for spam; register the sender, or change the text.'),
  7: recipient('The phone was busy.'),
  8: unclear('The network of the carrier failed.'),
  9: recipient('The recipient is not a valid phone number.'),
  10: configuration('The carrier took the message for malformed.'),
  11: configuration('Vonage found no route to this number.'),
  12: recipient('The phone cannot be reached.'),
  13: recipient('The carrier blocks such messages because of the age of the recipient.'),
  14: recipient('The carrier has blocked such messages to this number.'),
  15: recipient('The recipient has no credit left to receive messages.'),
  50: configuration('The entity ID is missing or wrong; India asks for it.'),
  51: configuration('The header is missing or wrong; India asks for it.'),
  52: configuration('The text is not registered; India asks for that.'),
  53: configuration('The recipient did not consent, as India asks for.'),
  54: configuration('A regulation of the country forbids the message.'),
  99: unclear('The carrier gave no reason.'),
});
