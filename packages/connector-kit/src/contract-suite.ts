import type { CreateConnector } from './connector.ts';
import type { FailureKind } from './connector-error.ts';
import type { DoubleReply, ProviderDouble } from './provider-double.ts';

/** What the contract suite needs to know of a connector. */
export type ConnectorContract = {
  create: CreateConnector;
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
  refusals: { name: string; reply: DoubleReply; kind: FailureKind; providerCode?: string; retry?: boolean }[];
};
