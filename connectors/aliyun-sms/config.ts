import { endpointGuard, templatesGuard } from '@sesame/connector-kit';
import { z } from 'zod';

/** Where Aliyun's SMS API answers unless the configuration says otherwise. */
export const defaultEndpoint = 'https://dysmsapi.aliyuncs.com';

const required = z.string().trim().min(1, 'This field is required.');

/** The key of a RAM user, as every product of Aliyun takes it. */
export const accessKeyShape = {
  accessKeyId: required.regex(/^[\w.-]*$/, 'An AccessKey ID has letters and digits only.'),
  accessKeySecret: required,
};

/** What is asked and told Aliyun after messages went out. */
export const afterwardsShape = { askForReports: z.boolean().optional(), tellVerified: z.boolean().optional() };

/** The host of an API: requests are signed for the path `/`. */
export const hostGuard = endpointGuard.refine(
  (value) => URL.parse(value)?.pathname === '/',
  'Give the host alone, without a path.',
);

/** The configuration; one that was made for Logto's connector of the same id is valid as it is. */
export const configGuard = z.object({
  ...accessKeyShape,
  signName: required,
  strictPhoneRegionNumberCheck: z.boolean().optional(),
  ...afterwardsShape,
  endpoint: hostGuard.default(defaultEndpoint),
  templates: templatesGuard({
    templateCode: z.union([required, z.object({ china: required, overseas: required })], {
      error: 'Give a template code, or one for "china" and one for "overseas".',
    }),
    templateParams: z
      .array(required.regex(/^[^.]*$/, 'A variable of Aliyun has no dots in its name.'))
      .min(1)
      .default(['code']),
    type: z.number().optional(),
  }),
});

/** A checked configuration. */
export type AliyunConfig = z.infer<typeof configGuard>;

/** One entry of `templates`. */
export type AliyunTemplate = AliyunConfig['templates'][number];
