import type { Channel } from './channel.ts';
import { noticeUsageType, type Template } from './template.ts';

/** The variables of a notice beside those of every message; there is no code in it. */
export const noticeVariables = ['change', 'detail', 'advice'] as const;

/**
 * Our notices: the words that fill them are in the person's language, so that one template serves them all. They are in
 * no list of templates that a configuration begins with.
 */
export const noticeTemplates = {
  Sms: { usageType: noticeUsageType, content: '{{change}} {{advice}}' },
  Email: {
    usageType: noticeUsageType,
    subject: '{{application.name}}: {{change}}',
    contentType: 'text/plain',
    content: '{{application.name}}\n\n{{change}} {{detail}}\n\n{{advice}}',
  },
} as const satisfies Record<Channel, Template>;
