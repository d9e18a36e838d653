import type { ReceivedRequest } from '@sesame/connector-kit/provider-double';
import type { GatewayRefusal } from './aliyun-signature-check.ts';

/** What a request has behind the ?. */
export const queryOf = ({ path }: ReceivedRequest): URLSearchParams => new URL(path, 'http://double').searchParams;

/**
 * What an API of Aliyun's checks of every call, before it looks at what is called.
 * @param apiVersion as its requests name it
 * @param mandatoryOf the parameters without which an action is refused
 * @returns what makes a refusal of a call, if it is to be refused
 */
export const callRules =
  (apiVersion: string, mandatoryOf: Record<string, string[]>) =>
  (request: ReceivedRequest): GatewayRefusal | undefined => {
    const { 'x-acs-action': action, 'x-acs-version': version } = request.headers;
    if (version !== apiVersion) {
      return { status: 400, Code: 'InvalidVersion', Message: 'Specified parameter Version is not valid.' };
    }
    const mandatory = mandatoryOf[String(action)];
    if (!mandatory) {
      const Message = 'Specified api is not found, please check your url and method.';
      return { status: 404, Code: 'InvalidAction.NotFound', Message };
    }
    const query = queryOf(request);
    const missing = mandatory.find((name) => !query.get(name));
    return missing
      ? { status: 400, Code: `Missing${missing}`, Message: `${missing} is mandatory for this action.` }
      : undefined;
  };
