import { Button, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usageName, usageScenario } from '../../i18n/usage-text.ts';
import { Allowed } from '../../session/role.tsx';
import { IconPlus, IconTrash } from '../../shell/icons.tsx';
import { languageName } from '../../sign-in-experience/page-languages.ts';
import { channelWords } from '../channel-rows.ts';
import { FindingList } from '../templates/finding-list.tsx';
import { MessagePreview } from '../templates/message-preview.tsx';
import type { EditableTemplate } from '../templates/read-templates.ts';
import { TemplateInputs } from '../templates/template-inputs.tsx';
import { type CodePolicy, findingsOf } from '../templates/templates.ts';
import { ourText } from './email-templates-api.ts';
import type { Instead } from './sent-instead.ts';

type Props = {
  usageType: string;
  locale: string;
  template: EditableTemplate | undefined;
  instead: Instead | undefined;
  /** What the live connector is called. */
  connector: string | undefined;
  policy: CodePolicy;
  onChange: (template: EditableTemplate | undefined) => void;
};

const headers = ['sendFrom', 'replyTo'] as const;

/** The template for a usage type in a language, or what is sent without one. */
export function OwnTemplateCard(props: Props) {
  const { usageType, locale, template, instead, connector, policy, onChange } = props;
  const { t } = useTranslation();
  const name = usageName(t, usageType);
  const title = `${name}, ${languageName(locale)}`;
  const shown = template ?? instead?.template;
  const insteadText = instead
    ? t(`connectors.emailTemplates.instead.${instead.from}`, {
        connector: connector ?? '',
        language: instead.template.locale
          ? languageName(instead.template.locale)
          : t('connectors.templates.anyLanguage'),
      })
    : t('connectors.emailTemplates.instead.unknown');
  return (
    <Card withBorder padding="md" component="section" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <div style={{ flex: '1 1 14rem' }}>
            <Title order={3} size="h5">
              {name}
            </Title>
            <Text size="sm" c="dimmed">
              {usageScenario(t, usageType, channelWords(t, 'Email'))}
            </Text>
          </div>
          <Allowed as="operator">
            {template ? (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconTrash size={16} />}
                aria-label={t('connectors.templates.remove', { title })}
                onClick={() => onChange(undefined)}
              >
                {t('connectors.emailTemplates.remove')}
              </Button>
            ) : (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPlus size={16} />}
                aria-label={t('connectors.emailTemplates.writeFor', { title })}
                onClick={() => onChange(ourText(usageType, locale))}
              >
                {t('connectors.emailTemplates.write')}
              </Button>
            )}
          </Allowed>
        </Group>
        {template ? (
          <div>
            <TemplateInputs channel="Email" template={template} title={title} onChange={onChange} />
            {headers.map((header) => (
              <TextInput
                key={header}
                mt="xs"
                label={t(`connectors.emailTemplates.${header}`)}
                description={t(`connectors.emailTemplates.${header}Help`)}
                aria-label={`${t(`connectors.emailTemplates.${header}`)}: ${title}`}
                spellCheck={false}
                value={String(template[header] ?? '')}
                onChange={(event) => onChange({ ...template, [header]: event.currentTarget.value })}
              />
            ))}
            <FindingList
              findings={findingsOf('Email', [template], policy).filter(({ templateIndex }) => templateIndex === 0)}
              templates={[template]}
              policy={policy}
            />
          </div>
        ) : (
          <Text size="sm">{insteadText}</Text>
        )}
        {shown && <MessagePreview channel="Email" template={shown} policy={policy} />}
      </Stack>
    </Card>
  );
}
