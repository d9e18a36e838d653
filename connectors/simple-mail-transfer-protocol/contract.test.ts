import { type ContractRefusal, testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { test } from 'vitest';
import { startSmtpDouble } from '../../test/doubles/smtp.ts';
import create from './index.ts';
import { config, recipient } from './test-account.ts';

function refusal(kind: ContractRefusal['kind'], status: number, words: string): ContractRefusal {
  const providerCode = String(status);
  return { name: `${status} ${words}`, reply: { status, body: words }, kind, providerCode, providerMessage: words };
}

const auth = { user: 'jo', pass: 'password-of-jo' };

testConnectorContract(test, 'simple-mail-transfer-protocol', {
  create,
  folder: import.meta.dirname,
  type: 'Email',
  speaks: 'SMTP',
  config: (endpoint) => ({ ...config, port: Number(new URL(endpoint).port), auth, tls: { passphrase: 'of-a-key' } }),
  requiredKeys: ['host', 'port', 'auth', 'fromEmail', 'templates'],
  secrets: [auth.pass, 'of-a-key'],
  startDouble: () => startSmtpDouble(auth.pass),
  recipient,
  mail: {
    configured: (stored, { subject, content }) => ({
      ...stored,
      templates: config.templates.map((template) => ({ ...template, subject, content })),
    }),
    read: ({ body }) => {
      const { to, ...mail } = JSON.parse(body);
      // The server shows domains in Unicode, whatever came over the wire.
      return { ...mail, to: to.replace('bücher', 'xn--bcher-kva') };
    },
  },
  refusals: [
    refusal('recipient', 550, '5.1.1 No such mailbox'),
    refusal('limit', 450, '4.7.1 Greylisted, try later'),
    refusal('configuration', 554, '5.7.1 Relay access denied'),
  ],
});
