import { Stack, Switch, Text } from '@mantine/core';
import { noticeTemplates, noticeWords, renderTemplate } from '@sesame/connector-kit';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import type { FormState } from '../forms/use-form.ts';
import { InboxRow } from '../mails/inbox-row.tsx';
import { PageLink } from '../shell/links.tsx';
import type { ExperienceValues } from './experience-values.ts';

/** Kept for drama and never given to anybody (Ofcom), and masked as notices have it. */
const exampleNumber = '+44 ••• 23';

/** Whether owners are told that what signs in was changed, and how that is said. */
export function NoticesPanel({ form: { values, change } }: { form: FormState<ExperienceValues> }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('signInExperience.notices.title')} lead={t('signInExperience.notices.lead')}>
      <Stack gap="sm">
        <Switch
          label={t('signInExperience.notices.byEmail')}
          description={t('signInExperience.notices.byEmailHelp')}
          checked={values.noticesByEmail}
          onChange={(event) => change('noticesByEmail', event.currentTarget.checked)}
        />
        <Switch
          label={t('signInExperience.notices.bySms')}
          description={t('signInExperience.notices.bySmsHelp')}
          checked={values.noticesBySms}
          onChange={(event) => change('noticesBySms', event.currentTarget.checked)}
        />
        <NoticePreview values={values} />
        <Text size="sm" c="dimmed">
          {t('signInExperience.notices.templates')}{' '}
          <PageLink to="/connectors/email-templates" underline="always" size="sm">
            {t('signInExperience.notices.toTemplates')}
          </PageLink>
        </Text>
      </Stack>
    </Panel>
  );
}

/** What our texts come to in the fallback language. */
function NoticePreview({ values }: { values: ExperienceValues }) {
  const { t } = useTranslation();
  const { locale, ...said } = noticeWords('phone-changed', 'user', [values.fallbackLanguage]);
  const words = { ...said, detail: exampleNumber, application: { name: values.name.trim() || 'Sesame' } };
  const { Email: mail, Sms: sms } = noticeTemplates;
  return (
    <Stack gap="xs" role="group" aria-label={t('signInExperience.notices.preview')}>
      {values.noticesByEmail && (
        <InboxRow
          subject={renderTemplate(mail.subject, words)}
          text={renderTemplate(mail.content, words)}
          locale={locale}
        />
      )}
      {values.noticesBySms && (
        <Text size="sm" lang={locale} dir="auto">
          {renderTemplate(sms.content, words)}
        </Text>
      )}
    </Stack>
  );
}
