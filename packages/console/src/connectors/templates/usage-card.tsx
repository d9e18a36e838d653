import { ActionIcon, Button, Card, Group, Menu, Text, Title } from '@mantine/core';
import { defaultTextLocales, isOurMail } from '@sesame/connector-kit';
import { useTranslation } from 'react-i18next';
import { listText } from '../../i18n/list-text.ts';
import { usageName, usageScenario } from '../../i18n/usage-text.ts';
import { IconLanguage, IconPlus, IconTrash } from '../../shell/icons.tsx';
import { channelWords } from '../channel-rows.ts';
import { FindingList } from './finding-list.tsx';
import { MessagePreview } from './message-preview.tsx';
import type { EditableTemplate } from './read-templates.ts';
import { TemplateInputs } from './template-inputs.tsx';
import { type CodePolicy, findingsOf, isRequired, newTemplate } from './templates.ts';
import classes from './usage-card.module.css';

type Props = {
  channel: string;
  usageType: string;
  /** Where its templates are in the list. */
  indexes: readonly number[];
  templates: readonly EditableTemplate[];
  policy: CodePolicy;
  /** Whether codes that are missing are said to be. */
  isCodeAsked: boolean;
  onChange: (templates: readonly EditableTemplate[]) => void;
};

/** The texts for one usage type, each with its picture. */
export function UsageCard({ channel, usageType, indexes, templates, policy, isCodeAsked, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const name = usageName(t, usageType);
  const names = new Intl.DisplayNames(i18n.language, { type: 'language' });
  const findings = findingsOf(channel, templates, policy);
  const taken = new Set(indexes.map((index) => templates[index]?.locale));
  const add = (locale?: string) =>
    onChange([...templates, newTemplate(channel, templates, { usageType, ...(locale && { locale }) })]);
  return (
    <Card withBorder padding="md" component="section" aria-label={name}>
      <Group justify="space-between" align="flex-start">
        <div className={classes.head}>
          <Title order={4} size="h5">
            {name}
          </Title>
          <Text size="sm" c="dimmed">
            {usageScenario(t, usageType, channelWords(t, channel))}
          </Text>
        </div>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" size="xs" leftSection={<IconLanguage size={16} />} flex="none">
              {t('connectors.templates.addLanguage')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={300} className={classes.locales}>
            {/* Any other can be written in the JSON. */}
            {defaultTextLocales
              .filter((locale) => !taken.has(locale))
              .map((locale) => (
                <Menu.Item key={locale} onClick={() => add(locale)}>
                  {names.of(locale)} ({locale})
                </Menu.Item>
              ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
      {indexes.map((index) => {
        const template = templates[index] as EditableTemplate;
        const language = template.locale ? (nameOf(names, template.locale) ?? template.locale) : undefined;
        const title = listText(i18n.language, [name, language ?? t('connectors.templates.anyLanguage')]);
        const isLast = isRequired(usageType) && indexes.length === 1;
        return (
          <section key={index} className={classes.template} aria-label={title} data-channel={channel}>
            <div>
              <Group justify="space-between" wrap="nowrap" mb={4}>
                <Text size="sm" fw={600}>
                  {language ?? t('connectors.templates.anyLanguage')}
                </Text>
                {!isLast && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('connectors.templates.remove', { title })}
                    onClick={() => onChange(templates.toSpliced(index, 1))}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                )}
              </Group>
              <TemplateInputs
                channel={channel}
                template={template}
                title={title}
                isCodeAsked={isCodeAsked}
                onChange={(next) => onChange(templates.with(index, next))}
              />
              {channel === 'Email' && isOurMail(template) && (
                <Text size="sm" mt="xs">
                  {t('connectors.templates.ourMail')}
                </Text>
              )}
              <FindingList
                findings={findings.filter(({ templateIndex }) => templateIndex === index)}
                templates={templates}
                policy={policy}
              />
            </div>
            <MessagePreview channel={channel} template={template} policy={policy} />
          </section>
        );
      })}
      {indexes.length === 0 && (
        <Group mt="sm">
          <Text size="sm" c="var(--mantine-color-error)" data-severity="error" tabIndex={-1}>
            {t('connectors.templates.missing')}
          </Text>
          <Button size="xs" variant="default" leftSection={<IconPlus size={16} />} onClick={() => add()}>
            {t('connectors.templates.add')}
          </Button>
        </Group>
      )}
    </Card>
  );
}

/** `undefined` for a tag that is none; the connector takes any text. */
function nameOf(names: Intl.DisplayNames, tag: string): string | undefined {
  try {
    return names.of(tag);
  } catch {
    return undefined;
  }
}
