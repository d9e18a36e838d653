import assert from 'node:assert/strict';
import type { ConnectorContract, ContractCheck, ContractMail } from './connector-contract.ts';
import { contractCode, expectNothingSent, type SendOptions, withRig } from './contract-rig.ts';
import { parseEmail } from './email.ts';

const name = `<b>"Jo" & 'co' 登录</b>`;

/** What holds for mails beside what holds for every message. */
export function mailChecks(contract: ConnectorContract): ContractCheck[] {
  if (contract.type !== 'Email') return [];
  const { mail } = contract;
  return [
    ...['jo', 'jo@', 'jo@example.com, eve@example.net', 'jo@example.com\r\nBcc: eve@example.net'].map((to) => ({
      name: `does not send to ${JSON.stringify(to)}`,
      run: () => expectRefusedBefore(contract, { to }, 'recipient'),
    })),
    ...(mail ? checksOfWriting(contract, mail) : []),
  ];
}

function checksOfWriting(contract: ConnectorContract, mail: ContractMail): ContractCheck[] {
  return [
    { name: 'sends both parts, with variables escaped in HTML alone', run: () => expectBothParts(contract, mail) },
    { name: 'tells the headers of a mail that was sent', run: () => expectHeaders(contract) },
    {
      name: 'sends to an address as it was typed, with its domain in ASCII',
      run: () => expectAddress(contract, mail, 'Jo.Doe+tag@Bücher.example'),
    },
    ...['\r\n', '\n', '\r', '\0'].map((character) => ({
      name: `lets no variable bring ${JSON.stringify(character)} into the subject`,
      run: () => expectOneLine(contract, mail, character),
    })),
  ];
}

const expectBothParts = (contract: ConnectorContract, mail: ContractMail) =>
  withRig(contract, async ({ config, double, send }) => {
    const stored = mail.configured(config, {
      subject: '{{code}} is for {{application.name}}',
      content: '<h1>Hello {{application.name}}</h1><p>Code: <b>{{code}}</b></p>',
    });
    await send({ stored, variables: { application: { name } } });
    const [request] = double.requests;
    assert(request, 'nothing was sent');
    const { subject, text, html } = mail.read(request);
    assert.equal(subject, `${contractCode} is for ${name}`);
    assert.equal(text.trim().replace(/\s+/g, ' '), `Hello ${name} Code: ${contractCode}`);
    const escaped = '&lt;b&gt;&quot;Jo&quot; &amp; &#39;co&#39; 登录&lt;/b&gt;';
    assert.equal(html.trim(), `<h1>Hello ${escaped}</h1><p>Code: <b>${contractCode}</b></p>`);
  });

const expectOneLine = (contract: ConnectorContract, mail: ContractMail, character: string) =>
  withRig(contract, async ({ config, double, send }) => {
    const stored = mail.configured(config, { subject: 'Hi {{application.name}}', content: '<p>{{code}}</p>' });
    await send({ stored, variables: { application: { name: `a${character}Bcc: eve@example.net` } } });
    const [request] = double.requests;
    assert(request, 'nothing was sent');
    assert.equal(mail.read(request).subject, 'Hi a Bcc: eve@example.net');
  });

const expectHeaders = (contract: ConnectorContract) =>
  withRig(contract, async ({ send }) => {
    const { headers = [] } = await send();
    const told = new Map(headers.map(({ name, value }) => [name, value]));
    assert.equal(told.get('To'), contract.recipient);
    assert(told.get('Subject'), 'it does not tell the subject');
  });

const expectAddress = (contract: ConnectorContract, mail: ContractMail, to: string) =>
  withRig(contract, async ({ double, send }) => {
    await send({ to });
    const [request] = double.requests;
    assert(request, 'nothing was sent');
    assert.equal(mail.read(request).to, parseEmail(to)?.address);
  });

const expectRefusedBefore = (contract: ConnectorContract, options: SendOptions, kind: string) =>
  withRig(contract, async (rig) => {
    assert.equal((await rig.refusal(options)).data.kind, kind);
    expectNothingSent(rig);
  });
