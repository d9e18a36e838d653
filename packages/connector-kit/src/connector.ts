import type { Afterwards } from './afterwards.ts';
import type { Channel } from './channel.ts';
import type { Locale } from './locale.ts';
import type { Mail, MailHeader } from './mail.ts';
import type { ReadReports, ReportRequest, Reports } from './reports.ts';
import type { Sentences } from './sentences.ts';
import type { Template, UsageType, Variables } from './template.ts';

/** The kind of a connector. Only those of a channel can be set up; the others exist for compatibility. */
export type ConnectorType = Channel | 'Social';

/** A text per language tag; `en` is always there. */
export type Phrases = { en: string } & Record<string, string>;

/** The texts of a form item in one language. */
export type FormItemTexts = { label?: string; description?: string; tooltip?: string; placeholder?: string };

/** One field of a connector's configuration form. */
export type FormItem = {
  key: string;
  label: string;
  placeholder?: string;
  required?: boolean;
  defaultValue?: unknown;
  /** Shown beside the field. */
  description?: string;
  tooltip?: string;
  /** The texts in other languages, by language tag as in `Phrases`; what is missing is shown in English. */
  translations?: { [language: string]: FormItemTexts };
  /** The field is shown only while every condition holds. */
  showConditions?: { targetKey: string; expectValue?: unknown }[];
  /** The value is a secret: replies carry only a mask of it. */
  isConfidential?: boolean;
} & (
  | { type: 'Text' | 'Number' | 'MultilineText' | 'Switch' | 'Json' }
  | { type: 'Select' | 'MultiSelect'; selectItems: { value: string; title?: string }[] }
);

/** What a person sees of a connector before it is set up. */
export type ConnectorMetadata = {
  /** Unique id of the connector factory, for example `twilio-short-message-service`. */
  id: string;
  /** The provider, for example `twilio-sms`. */
  target: string;
  platform: null;
  name: Phrases;
  description: Phrases;
  /** A path relative to the connector's module, a data URI of an image, or an https URL. */
  logo: string;
  logoDark: string | null;
  /** The guide to set the connector up: a path relative to the connector's module, or Markdown. */
  readme: string;
  /** The guide and the sentences in other languages, by language tag as in `Phrases`. */
  translations?: { [language: string]: ConnectorTranslation };
  formItems: FormItem[];
  /** An example of a configuration as JSON, or the path of a file that holds it. */
  configTemplate?: string;
  /** Meant for trying things out, not for sending to real phones. */
  isDemo?: boolean;
};

/** What a connector says in a language beside English; what is missing is shown in English. */
export type ConnectorTranslation = {
  /** As `readme`. */
  readme?: string;
  /** What each of the provider's own codes means, and what to do. */
  meanings?: { [providerCode: string]: string };
  /** What it says of refusals and of configurations, by the English sentences. */
  sentences?: Sentences;
};

/** Anything with zod's `safeParse`; both zod 3 and zod 4 schemas fit. */
export type ConfigGuard<Config> = {
  safeParse(
    input: unknown,
  ):
    | { success: true; data: Config }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
};

/** What the server hands to a connector for one message. */
export type SendMessageData = {
  /** As the channel spells its recipients: a number in E.164 with the plus, or an email address. */
  to: string;
  type: UsageType;
  /**
   * `code`; `locale`, the language that the person wishes and the templates have; and `application.name` where a template
   * names it. Of a notice, `change`, `detail` and `advice` in place of the code.
   */
  payload: Variables & { code?: string; locale?: Locale };
  /** The server's own id of the message; connectors may send it along for reports. */
  messageId?: string;
  /** How long the code lives, in seconds. */
  lifetimeSeconds?: number;
  /** Where the provider may report what became of the message. */
  reportUrl?: string;
  /** The administrators' own template for a mail, or ours for a notice, in place of those of the configuration. */
  template?: Template;
};

/** What came of a send that the provider accepted. */
export type SendResult = {
  /** The provider's id of the message, where it gives one. */
  providerMessageId?: string | undefined;
  /** The text as sent, where the text is ours rather than the provider's. */
  text?: string | undefined;
  /** Of a mail: its headers as they were sent, or as the provider was given them. */
  headers?: readonly MailHeader[] | undefined;
};

/** What every connector is given; the defaults are the platform's own, tests pass theirs. */
export type ConnectorContext = {
  /** Reads the stored configuration of the connector with this factory id. */
  getConfig: (id: string) => Promise<unknown>;
  fetch?: typeof fetch;
  /** Milliseconds since the epoch. */
  now?: () => number;
  randomUUID?: () => string;
  /** How long a provider may take for one request; 10 s by default. */
  timeoutMs?: number;
  /** Waits before a retry. */
  sleep?: (milliseconds: number) => Promise<void>;
};

/** How the mails of a provider prove whom they are from, as its customers set it up in DNS. */
export type MailDelivery = {
  /** What SPF of the sender's domain has to include; absent where mails come back to a domain of the provider's own. */
  spfInclude?: string;
  /** The selectors under which keys of DKIM are, where they are the same for everybody. */
  dkimSelectors?: readonly string[];
};

/** A connector that can send. `inputConfig` is an unsaved configuration to use instead of the stored one. */
export type Connector = {
  metadata: ConnectorMetadata;
  type: ConnectorType;
  configGuard: ConfigGuard<unknown>;
  /** Variables of templates that the connector fills itself. */
  variables?: readonly string[];
  /** What is sent where the configuration has no templates. */
  defaultTemplates?: readonly Template[];
  /** The templates that a configuration has, in whatever form; undefined where it has none, or cannot be read. */
  templatesOf?: (config: unknown) => readonly Template[] | undefined;
  delivery?: MailDelivery;
  sendMessage: (data: SendMessageData, inputConfig?: unknown) => Promise<SendResult>;
  /** How it hears what became of messages; nothing where its provider reports nothing. */
  reports?: {
    addressIs: Reports<unknown>['addressIs'];
    /** @param config the stored configuration, or nothing where it is gone. @throws ReportRefusal */
    read: (request: ReportRequest, config?: unknown) => Promise<ReadReports>;
  };
  /** What it asks and tells its provider later, with this configuration. @throws ConnectorError `invalid_config` */
  afterwards?: (config: unknown) => Afterwards;
  /** Ends the connections that it keeps; it may send again after that. */
  close?: () => void;
};

/** The default export of a connector's module. */
export type CreateConnector = (context: ConnectorContext) => Promise<Connector>;

/** One message, ready for the provider: the template is chosen and its text rendered. */
export type Message<T extends Template = Template> = {
  /** As in `SendMessageData`; an address has its domain in ASCII. */
  to: string;
  usageType: UsageType;
  /** The chosen one; of a mail it may be the administrators' own, which has what every mail has and nothing more. */
  template: T;
  /** The rendered `content` of the template; empty for a template that lives at the provider. */
  text: string;
  /** What connectors of type `Email` send. */
  mail?: Mail;
  variables: Variables;
  messageId: string;
  lifetimeSeconds: number;
  /** Where the provider may report what became of it; nothing where the provider could not get there. */
  reportUrl: string | undefined;
};
