import type { TFunction } from 'i18next';
import type { Issue } from '../../api/api-error.ts';
import type { CheckConfig, CheckSettings } from './check-api.ts';

/** Who can check people, the one that needs nobody else first. */
export const checkTypes = ['Altcha', 'Turnstile', 'HCaptcha', 'RecaptchaEnterprise'] as const;
export type CheckType = (typeof checkTypes)[number];

/** Where a browser may load reCAPTCHA from. */
export const domains = ['www.google.com', 'recaptcha.net'] as const;

/** What the form holds. */
export type CheckValues = {
  config: {
    type: CheckType;
    difficulty: number | string;
    siteKey: string;
    secretKey: string;
    projectId: string;
    domain: string;
    mode: 'invisible' | 'checkbox';
    /** A line each. */
    hostnames: string;
  };
  captchaPolicy: { enabled: boolean; waits: boolean; waitSeconds: number | string };
};

/** What the form starts from. */
export function toValues({ config, captchaPolicy }: CheckSettings): CheckValues {
  const keys = config && 'siteKey' in config ? config : undefined;
  const recaptcha = config?.type === 'RecaptchaEnterprise' ? config : undefined;
  return {
    config: {
      type: config?.type ?? 'Altcha',
      difficulty: config?.type === 'Altcha' ? config.difficulty : 4,
      siteKey: keys?.siteKey ?? '',
      secretKey: '',
      projectId: recaptcha?.projectId ?? '',
      domain: recaptcha?.domain ?? domains[0],
      mode: recaptcha?.mode ?? 'invisible',
      hostnames: (keys?.hostnames ?? []).join('\n'),
    },
    captchaPolicy: {
      enabled: captchaPolicy.enabled,
      waits: captchaPolicy.waitSeconds !== null,
      waitSeconds: captchaPolicy.waitSeconds ?? 30,
    },
  };
}

/** What is sent of the provider. */
export function toConfig({ config }: CheckValues): CheckConfig {
  const { type, difficulty, projectId, domain, mode } = config;
  if (type === 'Altcha') return { type, difficulty: Number(difficulty) };
  const hostnames = config.hostnames.split('\n').flatMap((line) => line.trim() || []);
  const keys = {
    siteKey: config.siteKey.trim(),
    ...(config.secretKey !== '' && { secretKey: config.secretKey.trim() }),
    ...(hostnames.length > 0 && { hostnames }),
  };
  if (type !== 'RecaptchaEnterprise') return { type, ...keys };
  return { type, ...keys, projectId: projectId.trim(), domain: domain as (typeof domains)[number], mode };
}

/** What is sent of the policy. */
export const toPolicy = ({ captchaPolicy: { enabled, waits, waitSeconds } }: CheckValues) => ({
  enabled,
  waitSeconds: waits ? Number(waitSeconds) : null,
});

/** What the Console knows of values that the server refuses, in the person's language. */
export function problemsIn(t: TFunction, { config }: CheckValues, hasSecret: boolean): Issue[] {
  if (config.type === 'Altcha') return [];
  const missing = [
    ...(config.siteKey.trim() === '' ? ['config.siteKey'] : []),
    ...(config.secretKey.trim() === '' && !hasSecret ? ['config.secretKey'] : []),
    ...(config.type === 'RecaptchaEnterprise' && config.projectId.trim() === '' ? ['config.projectId'] : []),
  ];
  return missing.map((path) => ({ path, message: t('protection.check.missing') }));
}
