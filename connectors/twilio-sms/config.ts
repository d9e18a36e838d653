import { canonicalLocale, contentTemplatesGuard, endpointOr, optionalText, requiredText } from '@sesame/connector-kit';
import { z } from 'zod';

/** Where Twilio's API is unless the configuration names a regional host. */
export const defaultEndpoint = 'https://api.twilio.com';

const phoneNumber = /^\+[1-9]\d{6,14}$/;
const shortCode = /^\d{3,8}$/;
const alphanumericSender = /^(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11}$/;

const senderGuard = z
  .string()
  .trim()
  .transform((value) => (/^\+[\d\s().-]+$/.test(value) ? `+${value.replace(/\D/g, '')}` : value))
  .refine(
    (value) => !value || [phoneNumber, shortCode, alphanumericSender].some((pattern) => pattern.test(value)),
    'Give a phone number with the plus (+15005550006), a short code, or a name of at most 11 letters and digits.',
  )
  .transform((value) => value || undefined)
  .optional();

/**
 * The check of a SID, and what to say of one that is none; empty texts are for others to refuse.
 * @see https://www.twilio.com/docs/glossary/what-is-a-sid
 */
function isSid(prefix: string, name: string): [(value: string) => boolean, string] {
  const form = new RegExp(`^${prefix}[\\da-fA-F]{32}$`);
  return [
    (value) => value === '' || form.test(value),
    `The ${name} is ${prefix} and 32 hexadecimal digits: copy it from the Twilio Console.`,
  ];
}

/** A form leaves an empty text where nothing was typed. */
const optionalSid = (prefix: string, name: string) =>
  z
    .string()
    .trim()
    .refine(...isSid(prefix, name))
    .transform((value) => value || undefined)
    .optional();

/**
 * Templates that WhatsApp approved, by language. Their words are WhatsApp's and the same for every usage type.
 * @see https://www.twilio.com/docs/content/whatsappauthentication
 */
const whatsAppTemplatesGuard = z.array(
  z
    .object({
      contentSID: requiredText('Give the Content SID of the template.').refine(...isSid('HX', 'Content SID')),
      locale: optionalText.refine((tag) => !tag || canonicalLocale(tag), 'Give a language tag such as en or zh-CN.'),
    })
    .transform((template) => ({ ...template, usageType: 'Generic' })),
);

/**
 * Configuration of the connector. The keys are Logto's, so that its configurations work unchanged; `channel`,
 * `apiKeySID`, `apiKeySecret`, `from`, `whatsAppTemplates`, `webhookSharedKey`, `askForReports`, `askForPrices`,
 * `tellVerified` and `endpoint` are added.
 */
export const configGuard = z
  .object({
    // A form leaves null where a choice was cleared.
    channel: z.enum(['sms', 'whatsapp'], 'Choose sms or whatsapp.').nullish(),
    accountSID: requiredText('Give the Account SID.').refine(...isSid('AC', 'Account SID')),
    authToken: optionalText,
    apiKeySID: optionalSid('SK', 'SID of an API key'),
    apiKeySecret: optionalText,
    fromMessagingServiceSID: optionalSid('MG', 'SID of a Messaging Service'),
    from: senderGuard,
    disableRiskCheck: z.boolean().optional(),
    webhookSharedKey: optionalText,
    askForReports: z.boolean().optional(),
    askForPrices: z.boolean().optional(),
    tellVerified: z.boolean().optional(),
    endpoint: endpointOr(defaultEndpoint),
    templates: contentTemplatesGuard.optional(),
    whatsAppTemplates: whatsAppTemplatesGuard.optional(),
  })
  .refine(({ authToken, apiKeySID, apiKeySecret }) => authToken || apiKeySID || apiKeySecret, {
    path: ['authToken'],
    message: 'Give the Auth Token, or an API key with its secret.',
    when: isObject,
  })
  .refine(({ apiKeySID, apiKeySecret }) => !apiKeySID || apiKeySecret, {
    path: ['apiKeySecret'],
    message: 'Give the secret of the API key.',
    when: isObject,
  })
  .refine(({ apiKeySID, apiKeySecret }) => !apiKeySecret || apiKeySID, {
    path: ['apiKeySID'],
    message: 'Give the SID of the API key that the secret belongs to.',
    when: isObject,
  })
  .refine(({ fromMessagingServiceSID, from }) => fromMessagingServiceSID || from, {
    path: ['fromMessagingServiceSID'],
    message: 'Give a Messaging Service SID, or a sender under From.',
    when: isObject,
  })
  .refine((config) => isWhatsApp(config) || config.templates, {
    path: ['templates'],
    message: 'Give the templates of the texts.',
    when: isObject,
  })
  .refine((config) => !isWhatsApp(config) || config.whatsAppTemplates?.length, {
    path: ['whatsAppTemplates'],
    message: 'Give a template that WhatsApp approved: Twilio Console, Messaging, Content Template Builder.',
    when: isObject,
  })
  .refine((config) => !isWhatsApp(config) || !config.from || phoneNumber.test(config.from), {
    path: ['from'],
    message: 'WhatsApp has no names and no short codes: give the number of a WhatsApp sender, with the plus.',
    when: isObject,
  });

/** Whether codes go to WhatsApp rather than by SMS. */
export const isWhatsApp = ({ channel }: { channel?: unknown }): boolean => channel === 'whatsapp';

/** So that everything that is missing is told at once, not only after the other fields are right. */
function isObject({ value }: { value: unknown }): boolean {
  return typeof value === 'object' && value !== null;
}

/** A configuration that was checked. */
export type TwilioConfig = z.output<typeof configGuard>;

/** The value of HTTP Basic authorization: the API key where there is one, else the account with its Auth Token. */
export function credentialsOf({ accountSID, authToken, apiKeySID, apiKeySecret }: TwilioConfig): string {
  const pair = apiKeySID ? `${apiKeySID}:${apiKeySecret}` : `${accountSID}:${authToken}`;
  return Buffer.from(pair).toString('base64');
}

/** The headers of every request. */
export const headersOf = (config: TwilioConfig) => ({
  authorization: `Basic ${credentialsOf(config)}`,
  accept: 'application/json',
});

/** Where the messages of the account are, without what tells the format. */
export const messagesOf = ({ endpoint, accountSID }: TwilioConfig): string =>
  `${endpoint}/2010-04-01/Accounts/${encodeURIComponent(accountSID)}/Messages`;
