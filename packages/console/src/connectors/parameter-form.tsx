import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { itemIn } from '../i18n/phrase.ts';
import { isShown } from './draft.ts';
import { FormField } from './form-field.tsx';
import { JsonField } from './json-field.tsx';
import { templatesKey } from './templates/templates.ts';
import { TemplatesField } from './templates/templates-field.tsx';
import type { DraftState } from './use-draft.ts';

/** The form of a connector, made from its form items. `only` leaves the templates out, or everything else. */
export function ParameterForm({ state, only }: { state: DraftState; only?: 'settings' | 'templates' }) {
  const { i18n } = useTranslation();
  const shown = state.items.filter((item) => {
    const isTemplates = item.key === templatesKey && item.type === 'Json';
    return isShown(state.items, item, state.draft) && (only === undefined || isTemplates === (only === 'templates'));
  });
  return (
    <Stack gap="lg">
      {shown.map((written) => {
        const item = itemIn(written, i18n.language);
        if (item.type !== 'Json') return <FormField key={item.key} item={item} state={state} />;
        const Field = item.key === templatesKey ? TemplatesField : JsonField;
        return <Field key={item.key} item={item} state={state} />;
      })}
    </Stack>
  );
}
