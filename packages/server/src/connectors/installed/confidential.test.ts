import type { FormItem } from '@sesame/connector-kit';
import { expect, test } from 'vitest';
import { markSecrets } from './confidential.ts';

const item = (key: string, changes: Partial<FormItem> = {}) =>
  ({ key, label: key, type: 'Text', ...changes }) as FormItem;
const marked = (items: FormItem[]) => markSecrets(items).flatMap((one) => (one.isConfidential ? [one.key] : []));

test('in a form that marks no secrets, every text is one unless its name says otherwise', () => {
  const secrets = ['apikey', 'authToken', 'authorization', 'pin', 'accessKey', 'webhookSecretUrl'];
  const others = [
    'accountSID',
    'accessKeyId',
    'sender',
    'signName',
    'endpoint',
    'email',
    'region',
    'brandName',
    'templates',
  ];
  expect(marked([...secrets, ...others].map((key) => item(key)))).toEqual(secrets);
  const switches = [item('disableRiskCheck', { type: 'Switch' }), item('retries', { type: 'Number' })];
  expect(marked([...switches, item('headers', { type: 'Json' })])).toEqual(['headers']);
});

test('a form that marks some is believed, but for names that are secret beyond doubt', () => {
  const told = item('pin', { isConfidential: true });
  expect(marked([told, item('note'), item('clientSecret'), item('secretSwitch', { type: 'Switch' })])).toEqual([
    'pin',
    'clientSecret',
  ]);
});
