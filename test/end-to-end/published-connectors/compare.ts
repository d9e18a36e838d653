import type { ReceivedRequest } from '@sesame/connector-kit/provider-double';
import { expect, test } from 'vitest';
import { type Published, type PublishedName, published } from './published.ts';
import type { PublishedServer } from './published-server.ts';

const phone = '+8613800138000';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The request with which the same message leaves through ours and through theirs. */
async function requestsOf(
  servers: PublishedServer[],
  name: PublishedName,
): Promise<[ours: ReceivedRequest, theirs: ReceivedRequest]> {
  const { factoryId, host, config }: Published = published[name];
  const sent = servers.map(async ({ management, hosts }) => {
    const body = { phone, config, usageType: 'SignIn', locale: 'en' };
    const reply = await management.post(`/connectors/${factoryId}/test`, body);
    expect(reply, reply.text).toMatchObject({ status: 204 });
    return hosts.requestsTo(host).at(-1);
  });
  return (await Promise.all(sent)) as [ReceivedRequest, ReceivedRequest];
}

const form = ({ body }: ReceivedRequest) => Object.fromEntries(new URLSearchParams(body));
const credentials = ({ headers }: ReceivedRequest) =>
  Buffer.from(headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString('utf8');
const json = ({ body }: ReceivedRequest) => JSON.parse(body) as Record<string, unknown>;
const mediaType = ({ headers }: ReceivedRequest) => headers['content-type']?.split(';')[0];

/** @param ours a server with the built-in connectors @param theirs one with the published ones */
export function testRequests(ours: () => PublishedServer, theirs: () => PublishedServer): void {
  const bothRequests = (name: PublishedName) => requestsOf([ours(), theirs()], name);

  test('Twilio sees the same message', async () => {
    const [our, their] = await bothRequests('Twilio');
    expect([our.method, our.path, mediaType(our)]).toEqual([their.method, their.path, mediaType(their)]);
    expect(credentials(our)).toBe(credentials(their));
    expect(form(their).Body).toBe('SignIn: 000000 验证码');
    expect(form(our)).toEqual({
      ...form(their),
      // Ours tells Twilio how long the code lives, so that a message that would come too late is not sent.
      ValidityPeriod: '600',
    });
  });

  test('Vonage sees the same message', async () => {
    const [our, their] = await bothRequests('Vonage');
    expect([our.method, our.path, mediaType(our)]).toEqual([their.method, their.path, mediaType(their)]);
    expect(credentials(our)).toBe(credentials(their));
    expect(json(their).text).toBe('SignIn: 000000 验证码');
    expect(json(our)).toEqual({
      ...json(their),
      // Theirs leaves the alphabet to Vonage, which loses the characters that it does not hold.
      type: 'unicode',
      // Ours tells Vonage how long the code lives, in milliseconds.
      ttl: 600_000,
    });
  });

  test('Aliyun sees the same message', async () => {
    const [our, their] = await bothRequests('Aliyun');
    const { pathname, searchParams } = new URL(our.path, 'https://double');
    expect([our.method, pathname]).toEqual([their.method, their.path]);
    // Theirs signs with version 1 (HMAC-SHA1) among the parameters, ours with version 3 (HMAC-SHA256) in headers.
    const { Signature, SignatureMethod, SignatureNonce, SignatureVersion, Timestamp, ...signedByThem } = form(their);
    expect([SignatureMethod, SignatureVersion]).toEqual(['HMAC-SHA1', '1.0']);
    const { AccessKeyId, Action, Version, Format, RegionId, ...message } = signedByThem;
    expect(our.headers.authorization).toMatch(`ACS3-HMAC-SHA256 Credential=${AccessKeyId},`);
    expect(our.headers).toMatchObject({ 'x-acs-action': Action, 'x-acs-version': Version });
    // Version 3 needs neither: replies are in JSON, and the region follows from the endpoint.
    expect([Format, RegionId]).toEqual(['json', 'cn-hangzhou']);
    expect(message.TemplateParam).toBe('{"code":"000000"}');
    expect(Object.fromEntries(searchParams)).toEqual({
      ...message,
      // Ours sends the id of the message along, for Aliyun's reports.
      OutId: expect.stringMatching(uuid),
    });
  });

  test('Tencent Cloud sees the same message', async () => {
    const [our, their] = await bothRequests('Tencent');
    expect([our.method, our.path, mediaType(our)]).toEqual([their.method, their.path, mediaType(their)]);
    for (const name of ['x-tc-action', 'x-tc-version', 'x-tc-region', 'content-type']) {
      expect(our.headers[name], name).toBe(their.headers[name]);
    }
    const credential = ({ headers }: ReceivedRequest) => /Credential=\S+/.exec(headers.authorization ?? '')?.[0];
    expect(credential(our)).toBe(credential(their));
    expect(json(their).TemplateParamSet).toEqual(['000000']);
    expect(json(our)).toEqual({
      ...json(their),
      // Tencent Cloud asks for E.164. Without the plus it takes numbers of mainland China only.
      PhoneNumberSet: [phone],
      // Ours sends the id of the message along, for the reports of Tencent Cloud.
      SessionContext: expect.stringMatching(uuid),
    });
  });

  test("the administrator's endpoint sees the same message", async () => {
    const [our, their] = await bothRequests('HTTP SMS');
    expect([our.method, our.path, mediaType(our), our.headers.authorization]).toEqual([
      their.method,
      their.path,
      mediaType(their),
      their.headers.authorization,
    ]);
    expect(json(their)).toEqual({ to: '8613800138000', type: 'SignIn', payload: { code: '000000', locale: 'en' } });
    expect(json(our)).toEqual({
      ...json(their),
      // Ours adds what an endpoint needs that has no templates and no numbers of its own.
      recipient: phone,
      text: expect.stringContaining('000000'),
      messageId: expect.stringMatching(uuid),
      expiresInSeconds: 600,
    });
  });
}
