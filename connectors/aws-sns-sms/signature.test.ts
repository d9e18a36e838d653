import fc from 'fast-check';
import { expect, test } from 'vitest';
import { officialAuthorization } from '../../test/doubles/aws-sns.ts';
import { signedHeaders } from './signature.ts';

const example = {
  accessKeyId: 'AKIDEXAMPLE',
  accessKeySecret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 'service',
  host: 'example.amazonaws.com',
  now: Date.parse('2015-08-30T12:36:00Z'),
  body: 'Param1=value1',
};

test("signs a form as AWS's test suite for Signature Version 4 does", () => {
  expect(signedHeaders(example)).toEqual({
    'content-type': 'application/x-www-form-urlencoded',
    'x-amz-date': '20150830T123600Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
      'SignedHeaders=content-type;host;x-amz-date, ' +
      'Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  });
});

test('signs like the official signer, whatever the keys, the host, the time and the form', async () => {
  const form = fc.record({
    accessKeyId: fc.stringMatching(/^\w{1,40}$/),
    accessKeySecret: fc.string({ minLength: 1, unit: 'binary' }),
    sessionToken: fc.option(fc.stringMatching(/^[\x21-\x7e]{1,200}$/), { nil: undefined }),
    region: fc.constantFrom('us-east-1', 'eu-central-1', 'us-gov-west-1'),
    service: fc.constantFrom('sns', 'sts'),
    host: fc
      .tuple(fc.domain(), fc.option(fc.integer({ min: 1, max: 65_535 })))
      .map(([domain, port]) => (port === null ? domain : `${domain}:${port}`)),
    now: fc.integer({ min: 0, max: 4_102_444_800_000 }),
    body: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('')),
  });
  await fc.assert(
    fc.asyncProperty(form, async (fields) => {
      const { accessKeyId, accessKeySecret, sessionToken, region, service, host, now, body } = fields;
      const official = await officialAuthorization({
        credentials: { accessKeyId, secretAccessKey: accessKeySecret, ...(sessionToken && { sessionToken }) },
        region,
        service,
        headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
        path: '/',
        body,
        signingDate: new Date(now),
      });
      expect(signedHeaders(fields).authorization).toBe(official);
    }),
  );
});
