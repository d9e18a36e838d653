import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { waitInWords } from '../shell/duration.ts';
import { LinkedText } from '../shell/linked-text.tsx';
import { FactList } from './fact-list.tsx';
import { type Failure, fieldsAtFault } from './failure.ts';
import { FailureWords } from './failure-words.tsx';

/** What the provider answered, beside the sentence that sums it up. */
export function ProviderAnswer({ failure, factoryId }: { failure: Failure; factoryId: string | null }) {
  const { t, i18n } = useTranslation();
  const { code, providerCode, providerMessage, status, retryAfterSeconds } = failure;
  const facts = [
    ['providerMessage', providerMessage && <LinkedText text={providerMessage} />],
    ['providerCode', providerCode && <Code>{providerCode}</Code>],
    ['status', status],
    ['retryAfter', retryAfterSeconds && waitInWords(retryAfterSeconds, i18n.language)],
    ['code', code && <Code>{code}</Code>],
  ] as const;
  const known = facts
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => ({ name: t(`messages.answer.${name}`), value }));
  const fields = fieldsAtFault(failure).map(({ paths, message }) => ({
    name: t('messages.answer.fields', { count: paths.length }),
    value: (
      <>
        {paths.map((path) => (
          <Code key={path} mr={4}>
            {path}
          </Code>
        ))}
        {message !== undefined && <FailureWords failure={{ message, providerCode: undefined }} factoryId={factoryId} />}
      </>
    ),
  }));
  if (known.length + fields.length === 0) return null;
  return (
    <div>
      <Text component="h2" fw={650} size="sm" mb={4}>
        {t('messages.answer.title')}
      </Text>
      <FactList facts={[...known, ...fields]} />
    </div>
  );
}
