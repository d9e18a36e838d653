import type { Afterwards, ReportRefusalReason } from '@sesame/connector-kit';

/** What a connector's thread is started with. */
export type ThreadData = { entry: string };

/** Asks of a thread; every value crosses as JSON, so that nothing in it can fail to be copied. */
export type ThreadCall =
  | { id: number; op: 'load' }
  | { id: number; op: 'check'; json: string }
  | { id: number; op: 'send'; json: string }
  | { id: number; op: 'reports'; json: string }
  | { id: number; op: 'afterwards'; json: string }
  | { id: number; op: 'ping' };

/** What a thread says: that it listens, an answer, what was thrown instead, or an error that nobody caught. */
export type ThreadReply =
  | { id: number; json: string }
  | { id: number; thrown: Thrown }
  | { listens: true }
  | { uncaught: Thrown }
  | { flooded: true };

/** Whatever was thrown, in words that can be copied. */
export type Thrown = {
  name: string;
  message: string;
  /** Of a connector's own error: what it says of the reason. */
  code?: string;
  data?: unknown;
  /** Of the connector's requests over HTTP until then, as they were answered; 0 of one that was not. */
  httpStatuses?: number[];
  /** Where it came from: lines of the stack without the message. */
  frames: string[];
};

/** What a connector says of itself. */
export type Loaded = {
  type: unknown;
  metadata: unknown;
  lacks: string[];
  /** Of one that reads reports: whether its address goes along with messages. */
  addressIs?: unknown;
  /** Whether it asks and tells its provider later. */
  hasAfterwards: boolean;
};

/** One message for a connector, the configuration to send it with, and the template in place of those in it, if any. */
export type SendCall = { data: unknown; config: unknown; template?: unknown };

/** A field of a configuration that a connector does not take. */
export type ConfigIssue = { path: string; message: string };

/** A request with reports, its body in base64, and the configuration that is stored, if any. */
export type ReportsCall = {
  request: {
    method: string;
    urls: readonly string[];
    headers: Readonly<Record<string, string | undefined>>;
    body: string;
  };
  config: unknown;
};

/** Of another copy of the kit, so that the class of what was thrown says nothing. */
export const isReportRefusal = (reason: unknown): reason is ReportRefusalReason =>
  reason === 'forged' || reason === 'unreadable' || reason === 'unchecked';

/** What was read, or why nothing was. */
export type ReportsRead = { reports: unknown; reply?: unknown } | { refused: unknown; message: string };

/** What is asked or told the provider later, of a message or of all; without, the question which of it is wished. */
export type AfterwardsCall = { config: unknown; step?: keyof Afterwards; message?: unknown };

/** The names of what is wished, or the reports that the provider answered with. */
export type AfterwardsAnswer = { offers: string[] } | { reports: unknown };

/** What came of a message. */
export type Sent = { providerMessageId: string | undefined; text: string | undefined };
