import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import createAliyunMail from '@sesame/connector-aliyun-direct-mail';
import createAliyun from '@sesame/connector-aliyun-sms';
import createAliyunGlobal from '@sesame/connector-aliyun-sms-global';
import createAwsSes from '@sesame/connector-aws-ses-mail';
import createAwsSns from '@sesame/connector-aws-sns-sms';
import type { DevelopmentInbox } from '@sesame/connector-development-inbox';
import createHttpEmail from '@sesame/connector-http-email';
import createHttpSms from '@sesame/connector-http-sms';
import createInfobip from '@sesame/connector-infobip-sms';
import { type CreateConnector, isChannel, parseConfig } from '@sesame/connector-kit';
import createMailgun from '@sesame/connector-mailgun-email';
import createMessagebird from '@sesame/connector-messagebird-sms';
import createPlivo from '@sesame/connector-plivo-sms';
import createPostmark from '@sesame/connector-postmark-mail';
import createSendGrid from '@sesame/connector-sendgrid-email-service';
import createSmtp from '@sesame/connector-simple-mail-transfer-protocol';
import createTencent from '@sesame/connector-tencent-sms';
import createTwilio from '@sesame/connector-twilio-sms';
import createVonage from '@sesame/connector-vonage-sms';
import type { Platform } from '../platform.ts';
import type { ConnectorFactory } from './connector-factory.ts';
import { inlineTranslations } from './translations.ts';

/** The connectors that come with Sesame, the development inbox first. */
export async function loadBuiltIn(deps: { platform: Platform; inbox: DevelopmentInbox }): Promise<ConnectorFactory[]> {
  const modules: [CreateConnector, string][] = [
    [deps.inbox.create.Sms, import.meta.resolve('@sesame/connector-development-inbox')],
    [deps.inbox.create.Email, import.meta.resolve('@sesame/connector-development-inbox')],
    [createTwilio, import.meta.resolve('@sesame/connector-twilio-sms')],
    [createAliyun, import.meta.resolve('@sesame/connector-aliyun-sms')],
    [createTencent, import.meta.resolve('@sesame/connector-tencent-sms')],
    [createAliyunGlobal, import.meta.resolve('@sesame/connector-aliyun-sms-global')],
    [createVonage, import.meta.resolve('@sesame/connector-vonage-sms')],
    [createAwsSns, import.meta.resolve('@sesame/connector-aws-sns-sms')],
    [createMessagebird, import.meta.resolve('@sesame/connector-messagebird-sms')],
    [createPlivo, import.meta.resolve('@sesame/connector-plivo-sms')],
    [createInfobip, import.meta.resolve('@sesame/connector-infobip-sms')],
    [createHttpSms, import.meta.resolve('@sesame/connector-http-sms')],
    [createSmtp, import.meta.resolve('@sesame/connector-simple-mail-transfer-protocol')],
    [createAwsSes, import.meta.resolve('@sesame/connector-aws-ses-mail')],
    [createSendGrid, import.meta.resolve('@sesame/connector-sendgrid-email-service')],
    [createMailgun, import.meta.resolve('@sesame/connector-mailgun-email')],
    [createPostmark, import.meta.resolve('@sesame/connector-postmark-mail')],
    [createAliyunMail, import.meta.resolve('@sesame/connector-aliyun-direct-mail')],
    [createHttpEmail, import.meta.resolve('@sesame/connector-http-email')],
  ];
  return Promise.all(modules.map(([create, module]) => load(create, module, deps.platform)));
}

async function load(create: CreateConnector, module: string, platform: Platform): Promise<ConnectorFactory> {
  const { now, randomUUID, fetch, sleep } = platform;
  // The server hands over the configuration with each message, so that the connector never reads a stale one.
  const getConfig = async () => {
    throw new Error('The configuration comes with the message.');
  };
  // These use it for nothing but `postToProvider`.
  const given = { getConfig, now, randomUUID, sleep, fetch: fetch as typeof globalThis.fetch };
  const connector = await create(given);
  const {
    metadata,
    type,
    configGuard,
    variables = [],
    defaultTemplates = [],
    templatesOf,
    delivery,
    sendMessage,
    reports,
    afterwards,
    close,
  } = connector;
  if (!isChannel(type)) throw new TypeError(`No message travels by ${type}.`);
  const [logo, logoDark, readme] = await Promise.all([
    inlineImage(metadata.logo, module),
    metadata.logoDark && inlineImage(metadata.logoDark, module),
    inlineText(metadata.readme, module),
  ]);
  const translations = await inlineTranslations(metadata.translations, (guide) => inlineText(guide, module));
  return {
    metadata: { ...metadata, logo, logoDark, readme, ...(translations && { translations }) },
    type,
    origin: { origin: 'built-in', package: null },
    variables,
    defaultTemplates,
    ...(templatesOf && { templatesOf }),
    checkConfig: async (config) => void parseConfig(configGuard, config),
    sendMessage,
    ...(reports && { reports }),
    ...(afterwards && { afterwards }),
    ...(delivery && { delivery }),
    ...(close && { close }),
  };
}

const isPath = (value: string) => /^\.{1,2}\//.test(value);

/**
 * The files of built-in connectors by their place, as texts: they come with Sesame, and a process may make many
 * servers.
 */
const texts = new Map<string, Promise<string>>();

function textOf({ href }: URL, toText: (bytes: Buffer) => string): Promise<string> {
  const known = texts.get(href) ?? readFile(fileURLToPath(href)).then(toText);
  texts.set(href, known);
  return known;
}

async function inlineText(value: string, module: string): Promise<string> {
  return isPath(value) ? textOf(new URL(value, module), (bytes) => bytes.toString('utf8')) : value;
}

async function inlineImage(value: string, module: string): Promise<string> {
  if (!isPath(value)) return value;
  const type = value.endsWith('.svg') ? 'image/svg+xml' : 'image/png';
  return textOf(new URL(value, module), (bytes) => `data:${type};base64,${bytes.toString('base64')}`);
}
