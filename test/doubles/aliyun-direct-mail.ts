import { type DoubleReply, type ProviderDouble, startProviderDouble } from '@sesame/connector-kit/provider-double';
import { createAuthenticator } from './aliyun-signature-check.ts';

/** The account that the double serves; `senders` are its verified addresses. */
export type AliyunMailAccount = { accessKeyId: string; accessKeySecret: string; senders: string[]; now?: () => number };

/** A refusal as Direct Mail writes it, for `replyNext`. */
export const aliyunMailError = (status: number, Code: string, Message: string): DoubleReply => ({
  status,
  body: { Code, Message, RequestId: crypto.randomUUID().toUpperCase(), HostId: 'dm.aliyuncs.com' },
});

/** What each documented parameter may hold. */
const rules = new Map(
  Object.entries({
    AccountName: /^\S+@\S+$/,
    AddressType: /^[01]$/,
    ReplyToAddress: /^(?:true|false)$/,
    ToAddress: /^[\x21-\x7e]+@[\w.-]+$/,
    FromAlias: /^.{1,15}$/u,
    ReplyAddress: /^\S+@\S+$/,
    ReplyAddressAlias: /^.{1,15}$/u,
    Subject: /^.{1,100}$/u,
    HtmlBody: /./su,
    TextBody: /./su,
    ClickTrace: /^[01]$/,
  }),
);

/**
 * Starts a double of SingleSendMail (Dm 2015-11-23): every request's V3 signature is checked with Aliyun's own signer,
 * and each parameter by its documented form; any other one is refused.
 * @see https://www.alibabacloud.com/help/en/direct-mail/singlesendmail
 */
export async function startAliyunMailDouble(
  account: AliyunMailAccount,
): Promise<ProviderDouble & { mails: Record<string, string>[] }> {
  const authenticate = createAuthenticator(account);
  const mails: Record<string, string>[] = [];
  const double = await startProviderDouble((request) => {
    const refusal = authenticate(request);
    if (refusal) return aliyunMailError(refusal.status, refusal.Code, refusal.Message);
    const { 'x-acs-action': action, 'x-acs-version': version } = request.headers;
    if (action !== 'SingleSendMail' || version !== '2015-11-23') {
      return aliyunMailError(404, 'InvalidAction.NotFound', 'Specified api is not found.');
    }
    const form = Object.fromEntries(new URLSearchParams(request.body));
    const wrong = Object.entries(form).find(([name, value]) => !rules.get(name)?.test(value))?.[0];
    if (wrong === 'ToAddress')
      return aliyunMailError(400, 'InvalidToAddress', 'The specified toAddress is wrongly formed.');
    if (wrong) return aliyunMailError(400, `Invalid${wrong}.Malformed`, `The specified ${wrong} is wrongly formed.`);
    if (!account.senders.includes(form.AccountName ?? '')) {
      return aliyunMailError(404, 'InvalidMailAddress.NotFound', 'The specified mailAddress does not exist.');
    }
    mails.push(form);
    return { body: { EnvId: `60000${mails.length}`, RequestId: crypto.randomUUID().toUpperCase() } };
  });
  return { ...double, mails };
}
