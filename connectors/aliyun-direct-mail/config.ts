import { accessKeyShape, hostGuard } from '@sesame/connector-aliyun-sms/config';
import { headerText, mailTemplatesGuard, parseEmail, requiredText } from '@sesame/connector-kit';
import { z } from 'zod';

/** Where each region answers, and what it is called. */
export const regions = {
  'cn-hangzhou': { title: 'China (Hangzhou)', endpoint: 'https://dm.aliyuncs.com' },
  'ap-southeast-1': { title: 'Singapore', endpoint: 'https://dm.ap-southeast-1.aliyuncs.com' },
  'ap-southeast-2': { title: 'United States (formerly Sydney)', endpoint: 'https://dm.ap-southeast-2.aliyuncs.com' },
  'eu-central-1': { title: 'Germany (Frankfurt)', endpoint: 'https://dm.eu-central-1.aliyuncs.com' },
  'us-east-1': { title: 'US (Virginia)', endpoint: 'https://dm.us-east-1.aliyuncs.com' },
} as const;
type RegionId = keyof typeof regions;

/** The region of accounts that name none. */
export const defaultRegionId: RegionId = 'cn-hangzhou';

const orEmpty = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

/** Checks a configuration; one that was made for Logto's connector of the same id is valid as it is. */
export const configGuard = z.object({
  ...accessKeyShape,
  regionId: orEmpty(z.enum(Object.keys(regions) as [RegionId, ...RegionId[]]).default(defaultRegionId)),
  accountName: requiredText().refine(
    (value) => parseEmail(value) !== undefined,
    'Give the sender address, as the Direct Mail console shows it.',
  ),
  fromAlias: headerText.optional(),
  endpoint: orEmpty(hostGuard.optional()),
  templates: mailTemplatesGuard,
});

/** A checked configuration. */
export type AliyunMailConfig = z.output<typeof configGuard>;
