import type { CreateConnector } from './connector.ts';
import type { FailureKind } from './connector-error.ts';
import type { DoubleReply, Fault, ProviderDouble } from './provider-double.ts';

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

/** What the contract suite needs to know of a connector. */
export type ConnectorContract = {
  create: CreateConnector;
  /** The connector's folder, such as `import.meta.dirname`; with it, its guide and its logo are held to the form. */
  folder?: string;
  /** A complete configuration that sends to the double at `endpoint` and succeeds there. */
  config: (endpoint: string) => Record<string, unknown>;
  /** Required keys of the configuration: leaving one out or emptying it is refused by name. */
  requiredKeys: string[];
  /** Values of `config` that must never show up in an error or a result. */
  secrets: string[];
  startDouble: () => Promise<ProviderDouble>;
  /** A recipient that the double accepts, in E.164. */
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
