import { accessKeyShape, afterwardsShape, hostGuard } from '@sesame/connector-aliyun-sms/config';
import { contentTemplatesGuard } from '@sesame/connector-kit';
import { z } from 'zod';

/** Where the international SMS API answers (Singapore) unless the configuration names another region. */
export const defaultEndpoint = 'https://dysmsapi.ap-southeast-1.aliyuncs.com';

const senderId = /^(\d{1,15}|(?=.*[A-Za-z])[A-Za-z\d]{1,11})$/;

/** The configuration; the keys of the account are named as in the connector for mainland China. */
export const configGuard = z.object({
  ...accessKeyShape,
  from: z
    .string()
    .trim()
    .refine(
      (value) => value === '' || senderId.test(value),
      'Give a Sender ID: at most 11 letters and digits, or at most 15 digits.',
    )
    .optional(),
  ...afterwardsShape,
  endpoint: z
    .string()
    .trim()
    .transform((value) => value || defaultEndpoint)
    .pipe(hostGuard)
    .default(defaultEndpoint),
  templates: contentTemplatesGuard,
});

/** A checked configuration. */
export type AliyunGlobalConfig = z.output<typeof configGuard>;
