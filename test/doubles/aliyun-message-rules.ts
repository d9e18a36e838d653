/** A template of the account: its variables, and which numbers it is for; without a region it is for all. */
export type AliyunTemplateRule = { variables: string[]; region?: 'china' | 'overseas' };

/** The approved signatures and templates of an account. */
export type AliyunAccount = { signNames: string[]; templates: Record<string, AliyunTemplateRule> };

/** A refusal of the SMS service; it comes with HTTP 200. */
export type MessageRefusal = { Code: string; Message: string };

/**
 * Judges the parameters of `SendSms` by Aliyun's rules: number, signature, template, and exactly the template's
 * variables. A template with one variable counts as a verification template: 4 to 6 letters or digits.
 */
export function refuseMessage(
  query: URLSearchParams,
  { signNames, templates }: AliyunAccount,
): MessageRefusal | undefined {
  const phone = query.get('PhoneNumbers') ?? '';
  if (!signNames.includes(query.get('SignName') ?? '')) {
    return { Code: 'isv.SMS_SIGNATURE_ILLEGAL', Message: '该账号下找不到对应签名' };
  }
  const code = query.get('TemplateCode') ?? '';
  const template = Object.hasOwn(templates, code) ? templates[code] : undefined;
  if (!template) return { Code: 'isv.SMS_TEMPLATE_ILLEGAL', Message: '该账号下找不到对应模板' };
  return refusePhone(phone, template) ?? refuseParams(query.get('TemplateParam') ?? '{}', template);
}

function refusePhone(phone: string, { region }: AliyunTemplateRule): MessageRefusal | undefined {
  const illegal = { Code: 'isv.MOBILE_NUMBER_ILLEGAL', Message: `${phone}invalid mobile number` };
  const isMainland = /^(\+86|0086|86|\+)?1\d{10}$/.test(phone);
  if (region === 'china') return isMainland ? undefined : illegal;
  if (/^(\+86|0086|86)1\d{10}$/.test(phone) && region === 'overseas') {
    return { Code: 'isv.DOMESTIC_NUMBER_NOT_SUPPORTED', Message: '国际/港澳台消息模板不支持发送境内号码' };
  }
  return isMainland || /^[1-9]\d{6,14}$/.test(phone) ? undefined : illegal;
}

function refuseParams(json: string, { variables }: AliyunTemplateRule): MessageRefusal | undefined {
  const params = parseParams(json);
  if (!params) return { Code: 'isv.INVALID_JSON_PARAM', Message: 'JSON参数不合法，只接受字符串值' };
  if (variables.some((name) => !params[name])) {
    return { Code: 'isv.TEMPLATE_MISSING_PARAMETERS', Message: '模板变量缺少对应参数值' };
  }
  const hasOnlyItsVariables = Object.keys(params).every((name) => variables.includes(name));
  const isVerification = variables.length === 1;
  const fits = !isVerification || Object.values(params).every((value) => /^[A-Za-z0-9]{4,6}$/.test(value));
  if (hasOnlyItsVariables && fits) return undefined;
  return { Code: 'isv.TEMPLATE_PARAMS_ILLEGAL', Message: '模板变量与申请时所选择的属性不匹配' };
}

function parseParams(json: string): Record<string, string> | undefined {
  try {
    const params: unknown = JSON.parse(json);
    if (typeof params !== 'object' || params === null || Array.isArray(params)) return undefined;
    return Object.values(params).every((value) => typeof value === 'string') ? { ...params } : undefined;
  } catch {
    return undefined;
  }
}
