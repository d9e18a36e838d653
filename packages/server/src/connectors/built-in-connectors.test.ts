import { refusals as aliyun } from '@sesame/connector-aliyun-sms/refusals';
import { createDevelopmentInbox } from '@sesame/connector-development-inbox';
import { ReportRefusal, translateSentences } from '@sesame/connector-kit';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { refusals as aliyunMail } from '../../../../connectors/aliyun-direct-mail/refusals.ts';
import { refusals as aliyunGlobal } from '../../../../connectors/aliyun-sms-global/refusals.ts';
import { refusals as ses } from '../../../../connectors/aws-ses-mail/refusals.ts';
import { refusals as aws } from '../../../../connectors/aws-sns-sms/refusals.ts';
import { messageRefusals, requestRefusals } from '../../../../connectors/infobip-sms/refusals.ts';
import { refusals as mailgun } from '../../../../connectors/mailgun-email/refusals.ts';
import { givenUpReasons, refusals as messagebird } from '../../../../connectors/messagebird-sms/refusals.ts';
import { notANumber, refusalsByStatus, refusalsByWords } from '../../../../connectors/plivo-sms/refusals.ts';
import { refusals as postmark } from '../../../../connectors/postmark-mail/refusals.ts';
import { refusals as sendGrid } from '../../../../connectors/sendgrid-email-service/refusals.ts';
import { refusals as tencent } from '../../../../connectors/tencent-sms/refusals.ts';
import { refusals as twilio } from '../../../../connectors/twilio-sms/refusals.ts';
import { refusals as vonage } from '../../../../connectors/vonage-sms/refusals.ts';
import { platform } from '../platform.ts';
import { loadBuiltIn } from './built-in-connectors.ts';
import type { ConnectorFactory } from './connector-factory.ts';

let factories: ConnectorFactory[];
beforeAll(async () => {
  factories = await loadBuiltIn({ platform, inbox: createDevelopmentInbox({ print: () => {}, now: () => 0 }) });
});

const han = /\p{Script=Han}/u;
const chineseOf = ({ metadata }: ConnectorFactory) => metadata.translations?.['zh-CN'] ?? {};
const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

test('every connector is described in Chinese', () => {
  const missing = factories.filter(
    ({ metadata: { name, description } }) => !name['zh-CN'] || !han.test(description['zh-CN'] ?? ''),
  );
  expect(missing.map(({ metadata }) => metadata.id)).toEqual([]);
});

/** What providers call it in their own consoles, whatever the language. */
const termsOfProviders =
  /^(AccessKey (ID|Secret)|(Account|Auth) (SID|ID|Token)|API (key|secret)|S(ecret|DK )[A-Z]\w+|Base URL|Sender ID|(Messaging Service|Powerpack) (SID|UUID)|From)$/;

test('every form item tells in Chinese what it tells in English', () => {
  const items = factories.flatMap(({ metadata }) => metadata.formItems.map((item) => ({ id: metadata.id, item })));
  expect(items.length).toBeGreaterThan(factories.length);
  const missing = items.flatMap(({ id, item }) =>
    (['label', 'description', 'tooltip'] as const)
      .filter((name) => item[name] && !(name === 'label' && termsOfProviders.test(item.label)))
      .filter((name) => !han.test(item.translations?.['zh-CN']?.[name] ?? ''))
      .map((name) => `${id}: ${item.key}.${name}`),
  );
  expect(missing).toEqual([]);
});

test('every connector has its guide in Chinese, part for part as in English', () => {
  const guides = factories.map((factory) => {
    const { id, readme } = factory.metadata;
    return { id, english: readme, chinese: chineseOf(factory).readme ?? '' };
  });
  expect(guides.filter(({ chinese }) => !/^# .*\p{Script=Han}/u.test(chinese)).map(({ id }) => id)).toEqual([]);
  for (const { id, english, chinese } of guides) {
    const partsOf = (guide: string) => [/^## /gm, /^### /gm, /^```/gm, /^\d\. /gm].map((part) => countOf(guide, part));
    expect([id, ...partsOf(chinese)]).toEqual([id, ...partsOf(english)]);
    const linksIn = (guide: string) => countOf(guide, /\]\(https:/g);
    expect([id, linksIn(chinese)]).toEqual([id, linksIn(english)]);
    // A heading or a line in English was forgotten; code and the names of pages in italics are no sentences.
    const prose = chinese.replaceAll(/```[\s\S]*?```/g, '').split('\n');
    expect(prose.filter((line) => !line.startsWith('|') && /[a-z]{4}/.test(line) && !han.test(line))).toEqual([]);
  }
});

const tables: [string, Iterable<readonly [string | number, { meaning: string }]>][] = [
  ['twilio-short-message-service', twilio],
  ['aliyun-short-message-service', aliyun],
  ['aliyun-global-short-message-service', [...aliyun, ...aliyunGlobal]],
  ['tencent-short-message-service', tencent],
  ['vonage-sms', vonage],
  ['aws-sns', aws],
  ['aws-ses', ses],
  ['sendgrid', sendGrid],
  ['mailgun', mailgun],
  ['postmark', postmark],
  ['aliyun-direct-mail', aliyunMail],
  ['messagebird', [...messagebird, ...givenUpReasons]],
  ['plivo', [...refusalsByStatus, ...refusalsByWords]],
  ['infobip', [...requestRefusals, ...[...messageRefusals.values()].map((one) => [one.name, one] as const)]],
];
test.each(tables)('%s tells in Chinese what each code means, in its guide too', (idPart, table) => {
  const factory = factories.find(({ metadata: { id } }) => id.includes(idPart)) as ConnectorFactory;
  const { meanings = {}, sentences = {}, readme = '' } = chineseOf(factory);
  const refusals = [...table];
  expect(refusals.length).toBeGreaterThan(7);
  for (const [code, { meaning }] of refusals) {
    expect([code, meanings[code]]).toEqual([code, expect.stringMatching(han)]);
    expect([code, translateSentences(meaning, sentences)]).toEqual([code, { text: meanings[code], rest: '' }]);
  }
  const inGuide = refusals.filter(
    ([code]) => idPart !== 'aliyun-global-short-message-service' || !/^is[vp]/.test(`${code}`),
  );
  expect(inGuide.filter(([code]) => !readme.includes(`${code}`)).map(([code]) => code)).toEqual([]);
});

test('what has no code of its own is told in Chinese, too', () => {
  const say = (idPart: string, message: string) => {
    const factory = factories.find(({ metadata: { id } }) => id.includes(idPart)) as ConnectorFactory;
    return translateSentences(message, chineseOf(factory).sentences ?? {});
  };
  expect(say('plivo', notANumber.meaning)).toMatchObject({ text: expect.stringMatching(han), rest: '' });
  expect(say('twilio', 'Twilio refused the request (HTTP 418). More: https://twilio.example')).toEqual({
    text: 'Twilio 拒绝了请求（HTTP 418）。',
    rest: 'More: https://twilio.example',
  });
  const outage = 'Vonage has a problem of its own (HTTP 503). The message may or may not have been sent.';
  expect(say('vonage', outage)).toEqual({
    text: 'Vonage 自身出现问题（HTTP 503）。消息可能已经发出，也可能没有。',
    rest: '',
  });
  const unreachable = 'No connection to api.example (ECONNREFUSED); nothing was sent.';
  for (const { metadata } of factories) {
    expect(say(metadata.id, unreachable)?.text).toBe('无法连接 api.example（ECONNREFUSED），没有发出任何内容。');
  }
});

test('what goes by mail is not called an SMS in Chinese', () => {
  for (const factory of factories.filter(({ type }) => type === 'Email')) {
    const { sentences = {}, readme = '' } = chineseOf(factory);
    // What Aliyun's two connectors share is told in one place, in the words of both.
    const ofSms = Object.entries(sentences).filter(
      ([english, chinese]) => chinese.includes('短信') && !/\bSMS\b|number|Mainland/.test(english),
    );
    expect([factory.metadata.id, ofSms]).toEqual([factory.metadata.id, []]);
    expect([factory.metadata.id, readme.includes('短信')]).toEqual([factory.metadata.id, readme.includes('SMS to')]);
  }
});

/** What the secrets are called that reports are signed with. */
const reportSecrets = { authToken: 's', signatureSecret: 's', signingKey: 's', reportKey: 's', webhookSharedKey: 's' };
const names = Array.from({ length: 40_000 }, (_, index) => index.toString(36));
const form = names.join('&');
const forged = {
  'content-type': 'application/x-www-form-urlencoded',
  'x-plivo-signature-v3': 's',
  'x-plivo-signature-v3-nonce': '1',
};

test.each([
  ['in its form', { method: 'POST', headers: forged, body: form, query: '' }],
  ['in its address', { method: 'GET', headers: forged, body: '', query: `?${form}` }],
  [
    'in JSON',
    { method: 'POST', headers: {}, body: JSON.stringify(Object.fromEntries(names.map((n) => [n, '']))), query: '' },
  ],
])('no connector looks at a report of tens of thousands of names once for each (%s)', async (_, sent) => {
  const gets: string[] = [];
  const { getAll } = URLSearchParams.prototype;
  URLSearchParams.prototype.getAll = function (name) {
    gets.push(name);
    return getAll.call(this, name);
  };
  onTestFinished(() => {
    URLSearchParams.prototype.getAll = getAll;
  });
  const reporting = factories.filter(({ reports }) => reports);
  expect(reporting.length).toBeGreaterThan(7);
  const { query, body, ...request } = sent;
  const urls = ['a', 'b', 'c'].map((host) => `https://${host}.example.com/callbacks/1/2${query}`);
  for (const { reports } of reporting) {
    const read = async () => reports?.read({ ...request, urls, body: Buffer.from(body) }, reportSecrets);
    await expect(read()).rejects.toThrow(ReportRefusal);
  }
  expect(gets).toEqual([]);
});
