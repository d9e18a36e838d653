import { guideRows, refusalRows } from '@sesame/connector-kit/connector-test';
import { expect, test } from 'vitest';
import { refusals as refusalsOfGateway } from '../aliyun-sms/refusals.ts';
import { refusals } from './refusals.ts';

test('the guide tells every error code with its kind, those of the gateway too', async () => {
  const ofGateway = [...refusalsOfGateway].filter(([code]) => !/^is[vp]\./.test(code));
  expect(await guideRows(import.meta.dirname, /^\| `([\w.]+)` +\| (\w+) +\|/gm, 'Errors')).toEqual(
    refusalRows(refusals, ofGateway, [['Throttling', { kind: 'limit' }]]),
  );
});
