import { Button, Group, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { linkUsageTypes } from '@sesame/connector-kit';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { MailInputs } from './mail-inputs.tsx';
import type { EditableTemplate } from './read-templates.ts';

/** What a text may hold; the server fills these in. */
const placeholders = ['{{code}}', '{{application.name}}'];
/** What it may hold as well where a page asks for the code. */
const link = '{{link}}';

type Props = {
  channel: string;
  template: EditableTemplate;
  /** Which template this is, for labels. */
  title: string;
  /** Whether codes that are missing are said to be. */
  isCodeAsked?: boolean;
  onChange: (template: EditableTemplate) => void;
};

/** The inputs of one template: its text, or the ids of the text at the provider. */
export function TemplateInputs({ channel, template, title, isCodeAsked = false, onChange }: Props) {
  const { t } = useTranslation();
  const { usageType, content, templateCode, templateParams } = template;
  const takesLink = linkUsageTypes.some((each) => each === usageType);
  const code = t('connectors.templates.code');
  const problemOf = (id: unknown) =>
    isCodeAsked &&
    String(id).trim() === '' && { error: t('connectors.problem.required'), 'data-severity': 'error' as const };
  return (
    <>
      {channel === 'Email' && typeof content === 'string' && (
        <MailInputs template={template} title={title} onChange={onChange} />
      )}
      {typeof content === 'string' && (
        <TextInputs
          text={content}
          title={title}
          placeholders={takesLink && channel === 'Email' ? [...placeholders, link] : placeholders}
          onChange={(next) => onChange({ ...template, content: next })}
        />
      )}
      {typeof templateCode === 'string' && (
        <TextInput
          label={code}
          aria-label={`${code}: ${title}`}
          value={templateCode}
          {...problemOf(templateCode)}
          spellCheck={false}
          onChange={(event) => onChange({ ...template, templateCode: event.currentTarget.value })}
        />
      )}
      {isRecord(templateCode) &&
        Object.entries(templateCode).map(([market, id]) => (
          <TextInput
            key={market}
            label={`${code} (${market})`}
            aria-label={`${code} (${market}): ${title}`}
            value={String(id)}
            {...problemOf(id)}
            spellCheck={false}
            onChange={(event) =>
              onChange({ ...template, templateCode: { ...templateCode, [market]: event.currentTarget.value } })
            }
          />
        ))}
      {Array.isArray(templateParams) && (
        <TagsInput
          mt="xs"
          label={t('connectors.templates.params')}
          aria-label={`${t('connectors.templates.params')}: ${title}`}
          value={templateParams.map(String)}
          onChange={(next) => onChange({ ...template, templateParams: next })}
        />
      )}
    </>
  );
}

type TextProps = { text: string; title: string; placeholders: readonly string[]; onChange: (text: string) => void };

function TextInputs({ text, title, placeholders, onChange }: TextProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = (placeholder: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {};
    // Typing goes on behind it, once it is drawn.
    flushSync(() => onChange(text.slice(0, selectionStart) + placeholder + text.slice(selectionEnd)));
    const end = selectionStart + placeholder.length;
    field.current?.focus();
    field.current?.setSelectionRange(end, end);
  };
  return (
    <>
      <Textarea
        ref={field}
        aria-label={`${t('connectors.templates.content')}: ${title}`}
        autosize
        minRows={3}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Group gap={6} mt={6}>
        <Text size="xs" c="dimmed">
          {t('connectors.templates.insert')}
        </Text>
        {placeholders.map((placeholder) => (
          <Button
            key={placeholder}
            size="compact-xs"
            variant="default"
            radius="xl"
            ff="monospace"
            aria-label={t('connectors.templates.insertOne', { placeholder })}
            onClick={() => insert(placeholder)}
          >
            {placeholder}
          </Button>
        ))}
      </Group>
    </>
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
