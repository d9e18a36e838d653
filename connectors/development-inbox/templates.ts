import {
  type Channel,
  contentTemplatesGuard,
  defaultMailsOfAllLanguages,
  defaultTemplatesOfAllLanguages,
  mailTemplatesGuard,
  type Template,
} from '@sesame/connector-kit';

/** What is sent where no templates are configured, by channel. */
export const defaultTemplates: Record<Channel, readonly Template[]> = {
  Sms: defaultTemplatesOfAllLanguages,
  Email: defaultMailsOfAllLanguages,
};

/** What templates have to be, by channel. */
export const templatesGuards = { Sms: contentTemplatesGuard, Email: mailTemplatesGuard };
