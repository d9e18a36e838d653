import type { FailureKind } from '@sesame/connector-kit';
import { type ContractRefusal, testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { test } from 'vitest';
import { aliyunGlobalReply, startAliyunGlobalDouble } from '../../test/doubles/aliyun-global.ts';
import create from './index.ts';
import { account, config, recipient } from './test-account.ts';

/** What the codes of the API mean, written down a second time: a slip of the table has to show. */
const codes: Record<FailureKind, string> = {
  recipient: 'MOBILE_NUMBER_ILLEGAL',
  limit:
    'BUSINESS_LIMIT_CONTROL_MINUTE isv.BUSINESS_LIMIT_HOUR isv.BUSINESS_LIMIT_DAY BUSINESS_LIMIT_CONTROL_PHONE ' +
    'ALERT_LIMIT_DAY ALERT_LIMIT_MONTH SMS_SECURITY_INTERCEPTED',
  configuration:
    'INVALID_SENDERID isv.SENDERID_ERROR NOT_SUPPORTED_COUNTRY isv.COUNTRY_RESTRICTED SMS_CONTENT_ILLEGAL ' +
    'BLACK_KEY_CONTROL_LIMIT CONTENT_EXCEED_LIMIT PARAM_LENGTH_LIMIT INVALID_PARAMETERS AMOUNT_NOT_ENOUGH ' +
    'OUT_OF_SERVICE PRODUCT_NOT_SUBSCRIBED isv.PRODUCT_UN_SUBSCRIPT ACCOUNT_NOT_EXISTS isv.ACCOUNT_ABNORMAL ' +
    'ACCOUNT_ILLEGAL FORBIDDEN_ACTION RAM_PERMISSION_DENY isv.RAM_CHECK_FAILED',
  unclear: 'SYSTEM_ERROR isp.GATEWAY_ERROR ONLINE_BILLING_FAILED isv.BILLING_DEDUCTION_ERROR',
};

function ofApi(kind: FailureKind, providerCode: string, retry = false): ContractRefusal {
  const providerMessage = `Words about ${providerCode}`;
  const reply = aliyunGlobalReply(providerCode, providerMessage);
  return { name: providerCode, reply, kind, providerCode, providerMessage, retry };
}

function ofGateway(kind: FailureKind, providerCode: string, status: number, retry = false): ContractRefusal {
  const body = { Code: providerCode, Message: `Words about ${providerCode}`, RequestId: 'F655A8D5', HostId: 'host' };
  return { name: `${providerCode} of the gateway`, reply: { status, body }, kind, providerCode, retry };
}

testConnectorContract(test, 'aliyun-sms-global', {
  create,
  folder: import.meta.dirname,
  config: (endpoint) => ({ ...config, endpoint }),
  requiredKeys: ['accessKeyId', 'accessKeySecret', 'templates'],
  secrets: [account.accessKeySecret],
  startDouble: () => startAliyunGlobalDouble({ ...account, now: Date.now }),
  recipient,
  refusals: [
    ...Object.entries(codes).flatMap(([kind, names]) =>
      names.split(' ').map((name) => ofApi(kind as FailureKind, name)),
    ),
    ofApi('limit', 'QPS_LIMIT_CONTROL', true),
    ofGateway('limit', 'Throttling.User', 400, true),
    ofGateway('configuration', 'SignatureDoesNotMatch', 400),
    ofGateway('configuration', 'InvalidTimeStamp.Expired', 400),
    ofGateway('configuration', 'Forbidden.RAM', 403),
    ofGateway('configuration', 'InvalidAction.NotFound', 404),
    ofGateway('unclear', 'ServiceUnavailable', 503),
  ],
});
