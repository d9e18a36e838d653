import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { findJsonProblem } from './json-problem.ts';

/** Says in words where a text stops being JSON; read out when it comes up. */
export function JsonProblemText({ id, text, isRequired }: { id: string; text: string; isRequired: boolean }) {
  const { t } = useTranslation();
  const problem = text.trim() === '' ? undefined : findJsonProblem(text);
  return (
    <div id={id} role="status">
      {problem && (
        <Text size="sm" c="var(--mantine-color-error)" mt={4}>
          {t('connectors.json.broken', {
            line: problem.line,
            column: problem.column,
            why: t(`connectors.json.why.${problem.reason}`),
          })}
        </Text>
      )}
      {!problem && isRequired && (
        <Text size="sm" c="var(--mantine-color-error)" mt={4}>
          {t('connectors.problem.required')}
        </Text>
      )}
    </div>
  );
}
