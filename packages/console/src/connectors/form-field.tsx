import { MultiSelect, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { FormItem } from '@sesame/connector-kit';
import { useTranslation } from 'react-i18next';
import { FieldRow } from './field-row.tsx';
import { isMask, SecretField } from './secret-field.tsx';
import { type DraftState, fieldId } from './use-draft.ts';

/** One field of the form, by its type. */
export function FormField({ item, state }: { item: FormItem; state: DraftState }) {
  const { t } = useTranslation();
  const { key, label, placeholder, required = false } = item;
  const value = state.draft.values[key];
  const problem = state.problemOf(key);
  const issue = state.issuesOf(key)[0]?.message;
  const hasHelp = Boolean(item.description || item.tooltip);
  const common = {
    id: fieldId(key),
    label,
    required,
    placeholder,
    error: (problem && t(`connectors.problem.${problem}`)) ?? issue,
    'aria-describedby': hasHelp ? `${fieldId(key)}-help` : undefined,
    onBlur: () => state.leave(key),
  };
  const text = typeof value === 'string' ? value : '';
  const change = (next: unknown) => state.change(key, next);
  const input = () => {
    if (item.isConfidential) {
      return <SecretField {...common} value={text} stored={isMask(text) ? text : undefined} onChange={change} />;
    }
    switch (item.type) {
      case 'Number':
        return <NumberInput {...common} value={typeof value === 'number' ? value : text} onChange={change} />;
      case 'MultilineText':
        return (
          <Textarea
            {...common}
            autosize
            minRows={3}
            value={text}
            onChange={(event) => change(event.currentTarget.value)}
          />
        );
      case 'Switch': {
        const { required: _, placeholder: __, ...rest } = common;
        return (
          <Switch
            {...rest}
            checked={(value ?? item.defaultValue) === true}
            onChange={(event) => change(event.currentTarget.checked)}
          />
        );
      }
      case 'Select':
        return (
          <Select {...common} data={optionsOf(item)} value={text || null} onChange={change} clearable={!required} />
        );
      case 'MultiSelect':
        return (
          <MultiSelect {...common} data={optionsOf(item)} value={Array.isArray(value) ? value : []} onChange={change} />
        );
      default:
        return (
          <TextInput
            {...common}
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => change(event.currentTarget.value)}
          />
        );
    }
  };
  return (
    <FieldRow item={item} helpId={`${fieldId(key)}-help`}>
      {input()}
    </FieldRow>
  );
}

function optionsOf(item: FormItem): { value: string; label: string }[] {
  if (!('selectItems' in item)) return [];
  return item.selectItems.map(({ value, title }) => ({ value, label: title ?? value }));
}
