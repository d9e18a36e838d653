import { endpointGuard, requiredUsageTypes, templatesGuard } from '@sesame/connector-kit';
import { z } from 'zod';

/** Where requests go unless the configuration names another endpoint. */
export const defaultEndpoint = 'https://sms.tencentcloudapi.com';
/** The region that is named unless the configuration names another one. */
export const defaultRegion = 'ap-guangzhou';

const text = z.string().trim();
const digits = /^\d+$/;

// An optional field of a form that was left empty arrives as an empty string.
const optional = <Guard extends z.ZodType>(guard: Guard) => z.preprocess((value) => value || undefined, guard);

const templates = templatesGuard({
  templateCode: text.regex(digits, 'Give the TemplateId: digits only, as the SMS console shows it.'),
  templateParams: z
    .array(text.regex(/^[\w.-]+$/, 'Give the name of a variable, for example code or application.name.'))
    .default(['code']),
}).superRefine((list, context) => {
  for (const [index, { usageType, templateParams }] of list.entries()) {
    if (templateParams.includes('code') || !requiredUsageTypes.some((required) => required === usageType)) continue;
    const message = `The template for ${usageType} has to carry the code: add "code" to templateParams.`;
    context.addIssue({ code: 'custom', path: [index, 'templateParams'], message });
  }
});

/** Checks a configuration; the keys are those of Logto's connector, so that its JSON works unchanged. */
export const configGuard = z.object({
  accessKeyId: text.min(1, 'Give the SecretId of an API key.'),
  accessKeySecret: text.min(1, 'Give the SecretKey of the API key.'),
  signName: optional(text.optional()),
  sdkAppId: text.regex(digits, 'Give the SDK AppID: digits only, for example 1400006666.'),
  region: optional(text.regex(/^[a-z\d-]+$/, 'Give a region, for example ap-guangzhou.').default(defaultRegion)),
  templates,
  senderId: optional(text.optional()),
  askForReports: optional(z.enum(['by-number', 'queue'], 'Choose by-number or queue, or leave it out.').optional()),
  tellVerified: z.boolean().optional(),
  endpoint: optional(endpointGuard.default(defaultEndpoint)),
});

/** A configuration that was checked. */
export type TencentConfig = z.infer<typeof configGuard>;
/** A template at Tencent Cloud; `templateParams` names the variables for {1}, {2}… in order. */
export type TencentTemplate = TencentConfig['templates'][number];
