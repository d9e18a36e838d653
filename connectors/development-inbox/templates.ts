import {
  type Channel,
  contentTemplatesGuard,
  defaultMailsOfAllLanguages,
  defaultTemplatesOfAllLanguages,
  mailTemplatesGuard,
  noticeTemplates,
  type Template,
} from '@sesame/connector-kit';

/** What is sent where no templates are configured, by channel. */
export const defaultTemplates: Record<Channel, readonly Template[]> = {
  Sms: [...defaultTemplatesOfAllLanguages, noticeTemplates.Sms],
  Email: [...defaultMailsOfAllLanguages, noticeTemplates.Email],
};

/** What templates have to be, by channel. */
export const templatesGuards = { Sms: contentTemplatesGuard, Email: mailTemplatesGuard };
