import { SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EditableTemplate } from './read-templates.ts';

const contentTypes = ['text/plain', 'text/html'] as const;

type Props = {
  template: EditableTemplate;
  /** Which template this is, for labels. */
  title: string;
  onChange: (template: EditableTemplate) => void;
};

/** What only templates of mails have: the subject, and whether the content is text or HTML. */
export function MailInputs({ template, title, onChange }: Props) {
  const { t } = useTranslation();
  const { subject, contentType } = template;
  const chosen = contentTypes.find((each) => each === contentType);
  return (
    <>
      <TextInput
        label={t('connectors.templates.subject')}
        aria-label={`${t('connectors.templates.subject')}: ${title}`}
        value={typeof subject === 'string' ? subject : ''}
        mb="xs"
        onChange={(event) => onChange({ ...template, subject: event.currentTarget.value })}
      />
      {chosen && (
        <SegmentedControl
          size="xs"
          mb={6}
          aria-label={`${t('connectors.templates.contentType')}: ${title}`}
          value={chosen}
          data={contentTypes.map((value) => ({ value, label: t(`connectors.templates.${value}`) }))}
          onChange={(value) => onChange({ ...template, contentType: value })}
        />
      )}
    </>
  );
}
