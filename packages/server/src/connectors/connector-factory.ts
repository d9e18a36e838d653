import type {
  Afterwards,
  Channel,
  Connector,
  ConnectorMetadata,
  MailDelivery,
  SendMessageData,
  SendResult,
  Template,
} from '@sesame/connector-kit';

/** What an administrator enters for a connector; its keys are the connector's own. */
export type ConnectorConfig = Record<string, unknown>;

/** A field at fault, and what it takes. */
export type ConfigIssue = { path: string; message: string };

/** Where a connector comes from; the package is that of an installed one. */
export type ConnectorOrigin =
  | { origin: 'built-in'; package: null }
  | { origin: 'installed'; package: { name: string; version: string | null } };

/** A connector that can be set up. */
export type ConnectorFactory = {
  /** Holds the logo and the guide themselves rather than paths. */
  metadata: ConnectorMetadata;
  type: Channel;
  origin: ConnectorOrigin;
  /** Variables of templates that the connector fills itself. */
  variables?: readonly string[];
  /** What is sent where the configuration has no templates. */
  defaultTemplates?: readonly Template[];
  /** As of a connector; an installed one is not asked. */
  templatesOf?: Connector['templatesOf'];
  /** How the provider's mails prove whom they are from, where that is known. */
  delivery?: MailDelivery;
  /** @throws ConnectorError `invalid_config` with the fields at fault */
  checkConfig: (config: ConnectorConfig) => Promise<void>;
  /** @throws ConnectorError */
  sendMessage: (data: SendMessageData, config: ConnectorConfig) => Promise<SendResult>;
  /** How it hears what became of messages. @throws ReportRefusal */
  reports?: Connector['reports'];
  /** What it asks and tells its provider later; an installed one has to be asked for that. @throws ConnectorError */
  afterwards?: (config: ConnectorConfig) => Afterwards | Promise<Afterwards>;
  /** Ends the connections that it keeps. */
  close?: () => void;
};
