import { SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { renderMail, type Template } from '@sesame/connector-kit';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InboxRow } from '../../mails/inbox-row.tsx';
import { MailFrame } from '../../mails/mail-frame.tsx';
import type { EditableTemplate } from './read-templates.ts';
import { sampleVariables } from './sample.ts';
import type { CodePolicy } from './templates.ts';

const schemes = ['light', 'dark'] as const;

/** The mail of a template as a row of an inbox, and opened, light or dark. */
export default function MailPreview({ template, policy }: { template: EditableTemplate; policy: CodePolicy }) {
  const { t } = useTranslation();
  const { colorScheme } = useMantineColorScheme();
  const [scheme, setScheme] = useState<(typeof schemes)[number]>(colorScheme === 'dark' ? 'dark' : 'light');
  const mail = useMemo(() => render(template, policy), [template, policy]);
  if (typeof template.content !== 'string') {
    return (
      <Text size="xs" c="dimmed">
        {t('connectors.templates.atProvider')}
      </Text>
    );
  }
  return (
    <Stack gap="xs" component="figure" m={0}>
      <SegmentedControl
        size="xs"
        aria-label={t('mails.scheme')}
        value={scheme}
        data={schemes.map((value) => ({ value, label: t(`mails.${value}`) }))}
        onChange={(value) => setScheme(value as typeof scheme)}
      />
      {mail ? (
        <>
          <InboxRow subject={mail.subject} text={mail.text} locale={template.locale} />
          <MailFrame html={mail.html} colorScheme={scheme} title={t('mails.frame')} />
        </>
      ) : (
        <Text size="sm" c="var(--mantine-color-error)">
          {t('connectors.templates.noMail')}
        </Text>
      )}
    </Stack>
  );
}

/** Nothing for a template that makes no mail, such as one with a line break in its subject. */
function render(template: EditableTemplate, policy: CodePolicy) {
  const text = (key: string) => (typeof template[key] === 'string' ? { [key]: template[key] } : {});
  try {
    const texts = { ...text('subject'), ...text('content'), ...text('contentType') } as Partial<Template>;
    return renderMail({ ...texts, usageType: template.usageType }, sampleVariables(policy, template.locale));
  } catch {
    return undefined;
  }
}
