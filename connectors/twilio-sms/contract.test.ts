import { type ConnectorContract, testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { test } from 'vitest';
import { startTwilioDouble, twilioError } from '../../test/doubles/twilio.ts';
import create from './index.ts';
import { account, authToken, logtoConfig, recipient, whatsAppConfig } from './test-account.ts';

type Refusal = ConnectorContract['refusals'][number];

function refusal(kind: Refusal['kind'], status: number, code: number, retry = false): Refusal {
  const reply = twilioError(status, code, `Twilio's words about ${code}`);
  return { name: `${code} with HTTP ${status}`, reply, kind, providerCode: String(code), retry };
}

const unknownCode = 29_999;

testConnectorContract(test, 'twilio-sms', {
  create,
  folder: import.meta.dirname,
  config: (endpoint) => ({ ...logtoConfig, endpoint }),
  requiredKeys: ['accountSID', 'authToken', 'fromMessagingServiceSID', 'templates'],
  secrets: [authToken],
  startDouble: () => startTwilioDouble(account),
  texts: { taken: ['x'.repeat(1600), 'x'], refused: [' {{nothing}} ', 'x'.repeat(1601)] },
  recipient,
  refusals: [
    ...[21211, 21610, 21614, 21635, 30003, 30005, 30006].map((code) => refusal('recipient', 400, code)),
    ...[21408, 21606, 21608, 21612, 30007].map((code) => refusal('configuration', 400, code)),
    ...[30022, 30450].map((code) => refusal('limit', 400, code)),
    ...[21611, 63038].map((code) => refusal('limit', 429, code)),
    refusal('configuration', 401, 20003),
    refusal('limit', 429, 20429, true),
    refusal('unclear', 400, 30008),
    refusal('configuration', 400, unknownCode),
    refusal('configuration', 403, unknownCode),
    refusal('limit', 429, unknownCode, true),
    refusal('unclear', 408, unknownCode),
    refusal('unclear', 500, 20429),
  ],
});

testConnectorContract(test, 'twilio-sms on WhatsApp', {
  create,
  config: (endpoint) => ({ ...whatsAppConfig, endpoint }),
  requiredKeys: ['accountSID', 'authToken', 'whatsAppTemplates'],
  secrets: [authToken],
  startDouble: () => startTwilioDouble(account),
  recipient,
  refusals: [
    ...[63003, 63014, 63024].map((code) => refusal('recipient', 400, code)),
    ...[21655, 21656, 21910, 63007, 63016, 63027].map((code) => refusal('configuration', 400, code)),
    refusal('limit', 429, 63018),
  ],
});
