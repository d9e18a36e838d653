import type { DoubleReply } from '@sesame/connector-kit/provider-double';

/** An error as Twilio writes it, for `replyNext`. */
export function twilioError(status: number, code: number, message: string): DoubleReply {
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}

const knownParameters = new Set(
  (
    'To From MessagingServiceSid Body MediaUrl ContentSid ContentVariables StatusCallback ApplicationSid MaxPrice ' +
    'ProvideFeedback Attempt ValidityPeriod ForceDelivery ContentRetention AddressRetention SmartEncoded ' +
    'PersistentAction TrafficType ShortenUrls ScheduleType SendAt SendAsMms RiskCheck MessageIntent FallbackFrom'
  ).split(' '),
);
const phoneNumber = /^\+[1-9]\d{6,14}$/;
const sender = /^(\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11})$/;

/** What Twilio refuses of a request for a new message, by its parameters. */
export function refuseParameters(parameters: URLSearchParams): DoubleReply | undefined {
  for (const name of parameters.keys()) {
    if (!knownParameters.has(name)) return twilioError(400, 20001, `Unknown parameter ${name}`);
    if (parameters.getAll(name).length > 1) return twilioError(400, 20001, `Parameter ${name} is given twice`);
  }
  const refuseSpecial = isOnWhatsApp(parameters.get('To')) ? refuseWhatsApp : refuseSms;
  return refuseRecipient(parameters.get('To')) ?? refuseSpecial(parameters) ?? refuseOptions(parameters);
}

const whatsApp = 'whatsapp:';
const isOnWhatsApp = (address: string | null) => address?.startsWith(whatsApp) ?? false;

const refuseSms = (parameters: URLSearchParams) => refuseSender(parameters) ?? refuseBody(parameters.get('Body'));

/**
 * A sender of WhatsApp, and a template with its one variable. A body reaches nobody who has not written within a day:
 * Twilio takes it and reports the refusal later, the double refuses it at once.
 * @see https://www.twilio.com/docs/content/whatsappauthentication
 */
function refuseWhatsApp(parameters: URLSearchParams): DoubleReply | undefined {
  const from = parameters.get('From');
  if (!from && !parameters.get('MessagingServiceSid')) {
    return twilioError(400, 21603, "A 'From' phone number is required.");
  }
  if (from && !isOnWhatsApp(from)) return twilioError(400, 21910, "Invalid 'From' and 'To' pair.");
  if (from && !phoneNumber.test(from.slice(whatsApp.length))) return twilioError(400, 63007, 'No such Channel.');
  const contentSid = parameters.get('ContentSid');
  if (!contentSid || parameters.has('Body')) return twilioError(400, 63016, 'Outside the allowed window.');
  if (!/^HX[\da-fA-F]{32}$/.test(contentSid)) return twilioError(400, 21655, 'The ContentSid is Invalid');
  const { 1: code, ...others } = variablesOf(parameters) ?? {};
  const isCode = typeof code === 'string' && code !== '' && code.length < 15;
  if (!isCode) return twilioError(400, 21656, 'The ContentVariables Parameter is invalid');
  return Object.keys(others).length > 0 ? twilioError(400, 63028, 'Number of parameters') : undefined;
}

/** The variables of a template; nothing where they are not given, or no JSON. */
export function variablesOf(parameters: URLSearchParams): Record<string, string> | undefined {
  const variables = parameters.get('ContentVariables');
  try {
    return variables === null ? undefined : JSON.parse(variables);
  } catch {
    return undefined;
  }
}

function refuseRecipient(address: string | null): DoubleReply | undefined {
  if (!address) return twilioError(400, 21604, "A 'To' phone number is required.");
  const to = isOnWhatsApp(address) ? address.slice(whatsApp.length) : address;
  if (!phoneNumber.test(to)) return twilioError(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
  const [code, words] = magicRecipients[to] ?? [];
  return code && words ? twilioError(400, code, words) : undefined;
}

function refuseSender(parameters: URLSearchParams): DoubleReply | undefined {
  const from = parameters.get('From');
  if (!from && !parameters.get('MessagingServiceSid')) {
    return twilioError(400, 21603, "A 'From' phone number is required.");
  }
  if (from && (!sender.test(from) || from === '+15005550001')) {
    const words = `The 'From' number ${from} is not a valid phone number, shortcode, or alphanumeric sender ID.`;
    return twilioError(400, 21212, words);
  }
  if (from === '+15005550007') {
    const words = `The 'From' phone number provided (${from}) is not a valid message-capable Twilio phone number`;
    return twilioError(400, 21606, `${words} for this destination.`);
  }
  const fullQueue = "This 'From' number has exceeded the maximum number of queued messages";
  return from === '+15005550008' ? twilioError(429, 21611, fullQueue) : undefined;
}

function refuseBody(body: string | null): DoubleReply | undefined {
  if (!body) return twilioError(400, 21602, 'Message body is required.');
  const isTooLong = body.length > 1600;
  return isTooLong
    ? twilioError(400, 21617, 'The concatenated message body exceeds the 1600 character limit.')
    : undefined;
}

function refuseOptions(parameters: URLSearchParams): DoubleReply | undefined {
  const validity = parameters.get('ValidityPeriod');
  if (validity !== null && !(/^\d+$/.test(validity) && Number(validity) >= 1 && Number(validity) <= 36_000)) {
    return twilioError(400, 21624, 'Invalid validity period value');
  }
  const riskCheck = parameters.get('RiskCheck');
  const isRiskCheck = riskCheck === null || ['enable', 'disable'].includes(riskCheck);
  return isRiskCheck ? undefined : twilioError(400, 20001, 'RiskCheck is neither enable nor disable');
}

const magicRecipients: Record<string, [code: number, words: string]> = {
  '+15005550001': [21211, "The 'To' number +15005550001 is not a valid phone number."],
  '+15005550002': [21612, "The 'To' phone number: +15005550002, is not currently reachable using the 'From' number."],
  '+15005550003': [
    21408,
    "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: +15005550003.",
  ],
  '+15005550004': [21610, 'Attempt to send to unsubscribed recipient'],
  '+15005550009': [21614, "'To' number: +15005550009, is not a valid mobile number"],
};
