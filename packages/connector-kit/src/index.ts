export { z } from 'zod';
export * from './afterwards.ts';
export * from './afterwards-items.ts';
export * from './bounce.ts';
export * from './channel.ts';
export * from './config-guards.ts';
export * from './connector.ts';
export * from './connector-error.ts';
export * from './default-mails.ts';
export * from './default-texts.ts';
export * from './define-connector.ts';
export * from './digits.ts';
export * from './email.ts';
export * from './escape-html.ts';
export * from './hide-secrets.ts';
export { canonicalLocale, type Locale, matchLocale } from './locale.ts';
export * from './mail.ts';
export * from './mail-config.ts';
export * from './mail-translation.ts';
export * from './mailbox.ts';
export * from './mask-email.ts';
export * from './mask-phone.ts';
export * from './message-parts.ts';
export * from './no-mailbox.ts';
export * from './notice-words.ts';
export * from './notices.ts';
export * from './one-line.ts';
export * from './phone.ts';
export * from './phone-spelling.ts';
export * from './provider-request.ts';
export * from './read-code.ts';
export * from './refusal.ts';
export * from './reports.ts';
export { saidNoMore } from './said-no-more.ts';
export * from './sentences.ts';
export * from './template.ts';
export * from './template-lint.ts';
export {
  type HeaderField,
  headerFields,
  knownVariables,
  type TemplateRule,
  type TextFinding,
  type TextPolicy,
} from './text-lint.ts';
export * from './web-address.ts';
