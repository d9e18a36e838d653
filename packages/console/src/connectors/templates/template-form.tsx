import { Autocomplete, Button, Group, Stack } from '@mantine/core';
import { optionalUsageTypes } from '@sesame/connector-kit';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconPlus } from '../../shell/icons.tsx';
import type { EditableTemplate } from './read-templates.ts';
import { type CodePolicy, groupByUsage, newTemplate } from './templates.ts';
import { UsageCard } from './usage-card.tsx';

type Props = {
  channel: string;
  templates: readonly EditableTemplate[];
  policy: CodePolicy;
  /** Whether codes that are missing are said to be. */
  isCodeAsked: boolean;
  onChange: (templates: readonly EditableTemplate[]) => void;
};

/** The templates as cards: one per usage type, with a text per language. */
export function TemplateForm({ channel, templates, policy, isCodeAsked, onChange }: Props) {
  return (
    <Stack gap="md">
      {groupByUsage(templates).map(({ usageType, indexes }) => (
        <UsageCard
          channel={channel}
          key={usageType}
          usageType={usageType}
          indexes={indexes}
          templates={templates}
          policy={policy}
          isCodeAsked={isCodeAsked}
          onChange={onChange}
        />
      ))}
      <AddUsageType
        onAdd={(usageType) => onChange([...templates, newTemplate(channel, templates, { usageType })])}
        isTaken={(usageType) => templates.some((template) => template.usageType === usageType)}
      />
    </Stack>
  );
}

function AddUsageType({
  onAdd,
  isTaken,
}: {
  onAdd: (usageType: string) => void;
  isTaken: (usageType: string) => boolean;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const isValid = /^[\w.-]{1,64}$/.test(name) && !isTaken(name);
  const add = () => {
    onAdd(name);
    setName('');
  };
  return (
    <Group align="flex-end" gap="xs">
      <Autocomplete
        label={t('connectors.templates.otherUsage')}
        description={t('connectors.templates.otherUsageHelp')}
        data={optionalUsageTypes.filter((usageType) => !isTaken(usageType))}
        value={name}
        flex="1 1 14rem"
        spellCheck={false}
        onChange={(value) => setName(value.trim())}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          // An option that is marked is taken over instead.
          if (isValid && !event.currentTarget.hasAttribute('aria-activedescendant')) add();
        }}
      />
      <Button variant="default" leftSection={<IconPlus size={16} />} disabled={!isValid} onClick={add}>
        {t('connectors.templates.addUsage')}
      </Button>
    </Group>
  );
}
