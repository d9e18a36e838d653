import type { ConnectorType, CreateConnector } from './connector.ts';
import type { FailureKind } from './connector-error.ts';
import type { DoubleReply, Fault, ProviderDouble, ReceivedRequest } from './provider-double.ts';

/** One way in which a provider says no. */
export type ContractRefusal = {
  name: string;
  reply: DoubleReply;
  kind: FailureKind;
  providerCode?: string;
  /** The provider's words; only needed where they are not under a key such as `message` in the reply. */
  providerMessage?: string;
  /** The refusal says that nothing was processed, so the connector sends again. */
  retry?: boolean;
};

/** A mail as the double got it. */
export type SentMail = { to: string; subject: string; text: string; html: string };

/** How the mails of a connector are written that writes them itself, and how the double reads them. */
export type ContractMail = {
  /** The configuration with this mail for sign-in; the content is HTML. */
  configured: (config: Record<string, unknown>, mail: { subject: string; content: string }) => Record<string, unknown>;
  read: (request: ReceivedRequest) => SentMail;
};

/** What the contract suite needs to know of a connector. */
export type ConnectorContract = {
  create: CreateConnector;
  /** What its messages travel by; `Sms` unless told. */
  type?: ConnectorType;
  /** How the double is spoken to; `HTTP` unless told. Endpoints and the faults of HTTP concern that alone. */
  speaks?: 'HTTP' | 'SMTP';
  /** Left out where the mails are kept at the provider. */
  mail?: ContractMail;
  /** The connector's folder, such as `import.meta.dirname`; with it, its guide and its logo are held to the form. */
  folder?: string;
  /** A complete configuration that sends to the double at `endpoint` and succeeds there. */
  config: (endpoint: string) => Record<string, unknown>;
  /** Required keys of the configuration: leaving one out or emptying it is refused by name. */
  requiredKeys: string[];
  /** Values of `config` that must never show up in an error or a result. */
  secrets: string[];
  startDouble: () => Promise<ProviderDouble>;
  /** A recipient that the double accepts, as the channel spells it. */
  recipient: string;
  /** Each kind of refusal that the provider documents, as it answers it. */
  refusals: ContractRefusal[];
  /** Texts at the limits of the provider, as templates for sign-in: those that it just takes, and those that it refuses. */
  texts?: { taken: string[]; refused: string[] };
  /** Faults that the provider's documentation counts as accepted, such as an empty reply with status 200. */
  acceptedFaults?: Fault[];
};

/** One rule of the contract; `run` rejects when the connector breaks it. */
export type ContractCheck = { name: string; run: () => Promise<void> };
