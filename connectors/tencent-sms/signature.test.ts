import fc from 'fast-check';
import { expect, test } from 'vitest';
import { officialAuthorization } from '../../test/doubles/tencent.ts';
import { contentType, tc3Authorization } from './signature.ts';

test('signs the documented request as Tencent Cloud documents it', () => {
  const authorization = tc3Authorization({
    secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
    service: 'cvm',
    hostname: 'cvm.tencentcloudapi.com',
    timestampSeconds: 1551113065,
    body: String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
  });
  expect(authorization).toBe(
    'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, ' +
      'SignedHeaders=content-type;host, ' +
      'Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
  );
});

test('signs like the official SDK, whatever the body, the keys and the time', () => {
  const request = fc.record({
    secretId: fc.stringMatching(/^[A-Za-z0-9]{1,40}$/),
    secretKey: fc.string({ minLength: 1, unit: 'binary' }),
    service: fc.constantFrom('sms', 'cvm'),
    timestampSeconds: fc.integer({ min: 0, max: 4_102_444_800 }),
    body: fc.oneof(fc.json({ stringUnit: 'binary' }), fc.string({ unit: 'binary' })),
  });
  fc.assert(
    fc.property(request, fc.domain(), (fields, hostname) => {
      const official = officialAuthorization({ ...fields, url: `https://${hostname}/`, contentType });
      expect(tc3Authorization({ ...fields, hostname })).toBe(official);
    }),
  );
});
