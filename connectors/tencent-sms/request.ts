import { type ProviderReply, postToProvider, type SendContext } from '@sesame/connector-kit';
import type { TencentConfig } from './config.ts';
import { contentType, tc3Authorization } from './signature.ts';

/** Calls an action of Tencent Cloud SMS, API 2021-01-11. */
export function callAction(
  context: SendContext<TencentConfig>,
  action: string,
  parameters: Record<string, unknown>,
): Promise<ProviderReply> {
  const { config, now } = context;
  const url = new URL(config.endpoint);
  const body = JSON.stringify(parameters);
  const timestampSeconds = Math.floor(now() / 1000);
  return postToProvider(context, {
    url,
    headers: {
      'Content-Type': contentType,
      'X-TC-Action': action,
      'X-TC-Version': '2021-01-11',
      'X-TC-Region': config.region,
      'X-TC-Timestamp': String(timestampSeconds),
      Authorization: tc3Authorization({
        secretId: config.accessKeyId,
        secretKey: config.accessKeySecret,
        service: 'sms',
        hostname: url.hostname,
        timestampSeconds,
        body,
      }),
    },
    body,
  });
}
