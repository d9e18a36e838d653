import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client.ts';
import type { paths } from '../../api/schema.d.ts';

type Experience = paths['/api/sign-in-exp']['get']['responses'][200]['content']['application/json'];
/** Whether people are checked. */
export type CaptchaPolicy = Experience['captchaPolicy'];
/** A number or an address with a fixed code. */
export type TestNumber = paths['/api/test-numbers']['get']['responses'][200]['content']['application/json'][number];
/** Who checks people, as the API tells it. */
export type ShownConfig =
  paths['/api/captcha-provider']['get']['responses'][200]['content']['application/json']['config'];
/** A provider as it is sent. */
export type CheckConfig = NonNullable<
  paths['/api/captcha-provider']['put']['requestBody']
>['content']['application/json']['config'];
/** How people are checked: the policy, and the provider where one was set up. */
export type CheckSettings = { config: ShownConfig | undefined; captchaPolicy: CaptchaPolicy };

const key = ['protection'] as const;

/** How people are checked. */
export const checkQuery = queryOptions({
  queryKey: [...key, 'check'],
  queryFn: async (): Promise<CheckSettings> => {
    const [provider, experience] = await Promise.all([api.GET('/api/captcha-provider'), readExperience()]);
    // Where none was set up, the built-in one holds.
    const config = provider.response.status === 404 ? undefined : (await unwrap(Promise.resolve(provider))).config;
    return { config, captchaPolicy: experience.captchaPolicy };
  },
});

const readExperience = () => unwrap(api.GET('/api/sign-in-exp'));

/** Sets up the provider, then says whether it is asked. @throws ApiError at the field at fault */
export async function saveCheck(config: CheckConfig, captchaPolicy: CaptchaPolicy): Promise<CheckSettings> {
  const provider = await unwrap(api.PUT('/api/captcha-provider', { body: { config } }));
  const experience = await unwrap(api.PATCH('/api/sign-in-exp', { body: { captchaPolicy } }));
  return { config: provider.config, captchaPolicy: experience.captchaPolicy };
}

/** Whether a provider takes these keys. @throws ApiError at the field at fault */
export const testCheck = (config: CheckConfig) => unwrap(api.POST('/api/captcha-provider/test', { body: { config } }));

/** The numbers and addresses with a fixed code. */
export const testNumbersQuery = queryOptions({
  queryKey: [...key, 'test-numbers'],
  queryFn: async () => {
    const found = await unwrap(api.GET('/api/test-numbers'));
    const entries = found.map((one) => ({ ...one, id: one.recipient }));
    return { entries, total: entries.length };
  },
});

/** What the form of a test number holds; a number and an address are typed into one field. */
export type TestNumberFields = { phone: string; email: string; code: string; expiresAt: string; note: string };

/** Makes a test number, or changes one. @throws ApiError at the field at fault */
export function putTestNumber({ phone, code, expiresAt, note }: TestNumberFields): Promise<TestNumber> {
  const recipient = phone.includes('@') ? { email: phone } : { phone };
  const at = expiresAt === '' ? null : Date.parse(expiresAt);
  return unwrap(api.PUT('/api/test-numbers', { body: { ...recipient, code, note, expiresAt: at } }));
}

/** Makes it an ordinary number again. */
export const deleteTestNumber = (recipient: string) =>
  unwrap(api.DELETE('/api/test-numbers/{recipient}', { params: { path: { recipient } } }));
