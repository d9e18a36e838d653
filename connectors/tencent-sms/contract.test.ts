import type { FailureKind } from '@sesame/connector-kit';
import { testConnectorContract } from '@sesame/connector-kit/contract-suite';
import { test } from 'vitest';
import { startTencentDouble, tencentError, tencentStatus } from '../../test/doubles/tencent.ts';
import createConnector from './index.ts';

const account = {
  secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
  secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
  sdkAppId: '1400006666',
  signNames: ['Example'],
  templates: { 1110: { params: 1 } },
};

const refusedRequests: Record<string, FailureKind> = {
  'AuthFailure.InvalidSecretId': 'configuration',
  'AuthFailure.SecretIdNotFound': 'configuration',
  'AuthFailure.SignatureExpire': 'configuration',
  'AuthFailure.SignatureFailure': 'configuration',
  'AuthFailure.UnauthorizedOperation': 'configuration',
  'FailedOperation.JsonParseFail': 'configuration',
  'InternalError.RequestTimeException': 'configuration',
  'InternalError.SendAndRecvFail': 'unclear',
  'LimitExceeded.PhoneNumberCountLimit': 'configuration',
  'UnauthorizedOperation.RequestIpNotInWhitelist': 'configuration',
  'UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber': 'configuration',
};

const refusedNumbers: Record<string, FailureKind> = {
  'FailedOperation.ContainSensitiveWord': 'configuration',
  'FailedOperation.InsufficientBalanceInSmsPackage': 'configuration',
  'FailedOperation.PhoneNumberInBlacklist': 'recipient',
  'FailedOperation.SignatureIncorrectOrUnapproved': 'configuration',
  'FailedOperation.TemplateIncorrectOrUnapproved': 'configuration',
  'InvalidParameterValue.IncorrectPhoneNumber': 'recipient',
  'InvalidParameterValue.SdkAppIdNotExist': 'configuration',
  'InvalidParameterValue.TemplateParameterFormatError': 'configuration',
  'InvalidParameterValue.TemplateParameterLengthLimit': 'configuration',
  'LimitExceeded.AppDailyLimit': 'limit',
  'LimitExceeded.DailyLimit': 'limit',
  'LimitExceeded.DeliveryFrequencyLimit': 'limit',
  'LimitExceeded.PhoneNumberDailyLimit': 'limit',
  'LimitExceeded.PhoneNumberOneHourLimit': 'limit',
  'LimitExceeded.PhoneNumberSameContentDailyLimit': 'limit',
  'LimitExceeded.PhoneNumberThirtySecondLimit': 'limit',
  'UnauthorizedOperation.SerivceSuspendDueToArrears': 'configuration',
  'UnauthorizedOperation.SmsSdkAppIdVerifyFail': 'configuration',
  'UnsupportedOperation.UnsuportedRegion': 'recipient',
};

const words = 'what the provider says';

testConnectorContract(test, 'tencent-sms', {
  create: createConnector,
  folder: import.meta.dirname,
  config: (endpoint) => ({
    accessKeyId: account.secretId,
    accessKeySecret: account.secretKey,
    signName: 'Example',
    sdkAppId: account.sdkAppId,
    region: 'ap-guangzhou',
    templates: ['SignIn', 'Register', 'ForgotPassword', 'Generic'].map((usageType) => ({
      usageType,
      templateCode: '1110',
    })),
    endpoint,
  }),
  requiredKeys: ['accessKeyId', 'accessKeySecret', 'sdkAppId', 'templates'],
  secrets: [account.secretKey],
  startDouble: () => startTencentDouble(account),
  recipient: '+8613800138000',
  refusals: [
    ...Object.entries(refusedRequests).map(([providerCode, kind]) => ({
      name: providerCode,
      reply: tencentError(providerCode, words),
      kind,
      providerCode,
    })),
    ...Object.entries(refusedNumbers).map(([providerCode, kind]) => ({
      name: providerCode,
      reply: tencentStatus({ Code: providerCode, Message: words }),
      kind,
      providerCode,
    })),
    {
      name: 'RequestLimitExceeded',
      reply: tencentError('RequestLimitExceeded', words),
      kind: 'limit',
      providerCode: 'RequestLimitExceeded',
      retry: true,
    },
  ],
});
