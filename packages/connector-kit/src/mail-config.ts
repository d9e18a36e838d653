import { z } from 'zod';
import { templatesGuard } from './config-guards.ts';
import type { FormItem } from './connector.ts';
import { defaultMails } from './default-mails.ts';
import { parseMailbox } from './mailbox.ts';
import { oneLine } from './one-line.ts';

/** A sender: `Name <address>`, or an address alone. */
export const mailboxGuard = z
  .string('Give an address, for example Acme <codes@example.com>.')
  .trim()
  .refine(
    (text) => parseMailbox(text) !== undefined,
    'Give one address, with or without a name: Acme <codes@example.com>.',
  );

const line = z.string().regex(oneLine, 'Write it on one line.');

/** A text that becomes part of a header. */
export const headerText = line.trim().transform((value) => value || undefined);

/** What templates of mails hold beside their usage type and language; any of it may hold variables. */
export const mailTemplateShape = {
  subject: line.min(1),
  content: z.string().min(1),
  contentType: z.enum(['text/plain', 'text/html']).optional(),
  replyTo: headerText.optional(),
  sendFrom: headerText.optional(),
};

/** Templates of mails that are written here. */
export const mailTemplatesGuard = templatesGuard(mailTemplateShape);

/** The form item for templates of mails that are written here. */
export const mailTemplatesItem: FormItem = {
  key: 'templates',
  label: 'Templates',
  type: 'Json',
  required: true,
  defaultValue: defaultMails,
  description:
    'Register, SignIn, ForgotPassword and Generic are needed; Generic stands in for the others. {{code}} stands for the verification code. contentType says whether the content is text/plain or text/html; both parts are sent.',
  translations: {
    'zh-CN': {
      label: '模板',
      description:
        'Register、SignIn、ForgotPassword 和 Generic 均为必填；其他用途没有模板时使用 Generic。{{code}} 代表验证码。contentType 说明内容是 text/plain 还是 text/html；两种格式都会发送。',
    },
  },
};
