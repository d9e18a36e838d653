import { Input, Skeleton, Text } from '@mantine/core';
import type { FormItem } from '@sesame/connector-kit';
import { lazy } from 'react';
import { Part } from '../shell/part.tsx';
import { FieldRow } from './field-row.tsx';
import { JsonProblemText } from './json-problem-text.tsx';
import { type DraftState, fieldId } from './use-draft.ts';

const JsonEditor = lazy(() => import('./json-editor.tsx'));

/** A field that takes any JSON. */
export function JsonField({ item, state }: { item: FormItem; state: DraftState }) {
  const { key, label, required = false } = item;
  const id = fieldId(key);
  const text = state.draft.texts[key] ?? '';
  const issues = state.issuesOf(key);
  const isMissing = state.problemOf(key) === 'required';
  return (
    <FieldRow item={item} helpId={`${id}-help`}>
      <Input.Label component="div" required={required} id={`${id}-label`}>
        {label}
      </Input.Label>
      <Part fallback={<Skeleton height={160} />}>
        <JsonEditor
          id={id}
          text={text}
          labelledBy={`${id}-label`}
          describedBy={`${id}-help ${id}-problem`}
          marks={issues.map(({ path, message }) => ({ path: path.split('.').slice(1), severity: 'error', message }))}
          isMissing={isMissing}
          onChange={(next) => state.changeText(key, next)}
          onBlur={() => state.leave(key)}
        />
      </Part>
      <JsonProblemText id={`${id}-problem`} text={text} isRequired={isMissing} />
      {issues.map(({ path, message }) => (
        <Text key={path + message} size="sm" c="var(--mantine-color-error)" role="alert">
          {message}
        </Text>
      ))}
    </FieldRow>
  );
}
