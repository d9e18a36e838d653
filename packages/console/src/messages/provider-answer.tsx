import { Code, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { waitInWords } from '../shell/duration.ts';
import { LinkedText } from '../shell/linked-text.tsx';
import { useConnectorWords } from '../shell/use-connector-words.ts';
import { FactList } from './fact-list.tsx';
import type { Failure } from './failure.ts';

/** What the provider answered, beside the sentence that sums it up. */
export function ProviderAnswer({ failure, factoryId }: { failure: Failure; factoryId: string | null }) {
  const { t, i18n } = useTranslation();
  const wordsOf = useConnectorWords(factoryId);
  const { code, providerCode, providerMessage, status, retryAfterSeconds, issues } = failure;
  const facts = [
    ['providerMessage', providerMessage && <LinkedText text={providerMessage} />],
    ['providerCode', providerCode && <Code>{providerCode}</Code>],
    ['status', status],
    ['retryAfter', retryAfterSeconds && waitInWords(retryAfterSeconds, i18n.language)],
    ['code', code && <Code>{code}</Code>],
  ] as const;
  const known = facts.filter(([, value]) => value !== undefined && value !== '');
  if (known.length === 0) return null;
  return (
    <div>
      <Text component="h2" fw={650} size="sm" mb={4}>
        {t('messages.answer.title')}
      </Text>
      <FactList facts={known.map(([name, value]) => ({ name: t(`messages.answer.${name}`), value }))} />
      {issues.length > 0 && (
        <List size="sm" mt="xs">
          {issues.map((issue) => {
            const { text, rest } = wordsOf(issue);
            return (
              <List.Item key={`${issue.path} ${issue.message}`}>
                <Code>{issue.path}</Code> {text} {rest}
              </List.Item>
            );
          })}
        </List>
      )}
    </div>
  );
}
