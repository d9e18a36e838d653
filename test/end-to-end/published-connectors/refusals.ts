import { expect, test } from 'vitest';
import { newPhone } from '../../setup/phones.ts';
import { documentedRefusals } from './documented-refusals.ts';
import { type Published, published } from './published.ts';
import type { PublishedServer } from './published-server.ts';

/** @param theirs a server with the published connectors */
export function testRefusals(theirs: () => PublishedServer): void {
  test.each(documentedRefusals)('%s: %j is answered with %i %s', async (name, reply, status, code, data) => {
    const { factoryId, channel, config, attempts = 1 }: Published = published[name];
    // A library repeats only what may pass.
    for (let attempt = 0; attempt < (data.kind === 'limit' ? attempts : 1); attempt += 1)
      theirs().hosts.replyNext(reply);
    const recipient = channel === 'Sms' ? { phone: newPhone() } : { email: 'jo@example.com' };
    const answer = await theirs().management.post(`/connectors/${factoryId}/test`, { ...recipient, config });
    expect(answer, answer.text).toMatchObject({ status, body: { code, data } });
  });

  test('a usage type without a template gets the one for Generic, in the connectors too that know no fallback', async () => {
    for (const name of ['Tencent', 'SMS Aero'] as const) {
      const { factoryId, config, host } = published[name];
      const body = { phone: newPhone(), config, usageType: 'LinkAccount' };
      const answer = await theirs().management.post(`/connectors/${factoryId}/test`, body);
      expect(answer, answer.text).toMatchObject({ status: 204 });
      expect(theirs().hosts.requestsTo(host).at(-1)?.body).toMatch(/Generic: 000000|"TemplateId":"1110"/);
    }
  });

  test('SMTP: a password that the mail server does not take is told in its words', async () => {
    const { factoryId, config } = published.SMTP;
    const body = { email: 'jo@example.com', config: { ...config, auth: { ...config.auth, pass: 'wrong' } } };
    const answer = await theirs().management.post(`/connectors/${factoryId}/test`, body);
    const data = { kind: 'configuration', providerCode: '535', providerMessage: '5.7.8 Bad credentials' };
    expect(answer, answer.text).toMatchObject({ status: 400, body: { data } });
  });

  test.each([
    [550, '5.1.1 No such user', 'recipient'],
    [550, '5.1.2 Domain not found', 'recipient'],
    [550, '5.7.1 Relaying denied', 'configuration'],
    [451, '4.7.1 Greylisted', 'limit'],
  ])('SMTP: a recipient of whom the mail server says %i %s is told as %s', async (status, body, kind) => {
    theirs().hosts.replyToNextRecipient({ status, body });
    const { factoryId, config } = published.SMTP;
    const answer = await theirs().management.post(`/connectors/${factoryId}/test`, { email: 'jo@example.com', config });
    const data = { kind, providerCode: String(status), providerMessage: body };
    expect(answer.body.data, answer.text).toMatchObject(data);
  });

  test('a number that a connector does not take is refused in its own words', async () => {
    const { factoryId, config } = published.YunPian;
    const changed = { ...config, unsupportedCountriesMsg: 'Only numbers of mainland China.' };
    const body = { phone: '+4915123456789', config: changed };
    const answer = await theirs().management.post(`/connectors/${factoryId}/test`, body);
    expect(answer.body.data.providerMessage).toBe('Only numbers of mainland China.');
  });
}
