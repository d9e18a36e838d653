import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { authorizationOf, sha256 } from './signature.ts';

const require = createRequire(import.meta.url);
const { default: OpenApiUtil } = require('@alicloud/openapi-util') as typeof import('@alicloud/openapi-util');
const tea = require('@alicloud/tea-typescript') as typeof import('@alicloud/tea-typescript');

test("signs the example of Aliyun's documentation as published", () => {
  const authorization = authorizationOf(
    {
      method: 'POST',
      path: '/',
      query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
      headers: {
        host: 'ecs.cn-shanghai.aliyuncs.com',
        'x-acs-action': 'RunInstances',
        'x-acs-version': '2014-05-26',
        'x-acs-date': '2023-10-26T10:22:32Z',
        'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
        'x-acs-content-sha256': sha256(''),
      },
      body: '',
    },
    { accessKeyId: 'YourAccessKeyId', accessKeySecret: 'YourAccessKeySecret' },
  );
  expect(authorization).toBe(
    'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  );
});

// The official signer leaves names as they are, so they stay within characters that need no encoding.
const name = fc.stringMatching(/^[A-Za-z0-9._~-]+$/);
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[ *~!'()+%&=/?#"]*$/),
  fc.constant('验证码 😀'),
);

test('signs any parameters, headers and bodies as the official signer does', () => {
  const headers = fc.dictionary(fc.constantFrom('host', 'Content-Type', 'x-acs-date', 'x-acs-b', 'accept'), name);
  fc.assert(
    fc.property(fc.dictionary(name, value), headers, fc.string(), fc.string(), (query, headers, body, secret) => {
      const official = new tea.Request();
      Object.assign(official, { method: 'POST', pathname: '/', query, headers });
      const key = { accessKeyId: 'LTAI5tExampleKeyId', accessKeySecret: secret };
      expect(authorizationOf({ method: 'POST', path: '/', query, headers, body }, key)).toBe(
        OpenApiUtil.getAuthorization(official, 'ACS3-HMAC-SHA256', sha256(body), key.accessKeyId, secret),
      );
    }),
  );
});
