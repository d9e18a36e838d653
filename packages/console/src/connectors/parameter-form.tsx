import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { itemIn } from '../i18n/phrase.ts';
import { isShown } from './draft.ts';
import { FormField } from './form-field.tsx';
import { JsonField } from './json-field.tsx';
import { isTemplatesItem } from './templates/read-templates.ts';
import { TemplatesField } from './templates/templates-field.tsx';
import type { DraftState } from './use-draft.ts';

type Props = { channel: string; state: DraftState; only?: 'settings' | 'templates' };

/** The form of a connector, made from its form items. `only` leaves the templates out, or everything else. */
export function ParameterForm({ channel, state, only }: Props) {
  const { t, i18n } = useTranslation();
  const shown = state.items.filter((item) => {
    const isTemplates = only === undefined || isTemplatesItem(item) === (only === 'templates');
    return isShown(state.items, item, state.draft) && isTemplates;
  });
  if (shown.length === 0) return <Text size="sm">{t('connectors.noParameters')}</Text>;
  return (
    <Stack gap="lg">
      {shown.map((written) => {
        const item = itemIn(written, i18n.language);
        if (item.type !== 'Json') return <FormField key={item.key} item={item} state={state} />;
        if (!isTemplatesItem(item)) return <JsonField key={item.key} item={item} state={state} />;
        return <TemplatesField key={item.key} channel={channel} item={item} state={state} />;
      })}
    </Stack>
  );
}
