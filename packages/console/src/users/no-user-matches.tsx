import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { mayBeMasked } from '../search/masked.ts';
import { useMay } from '../session/role.tsx';
import { ButtonLink } from '../shell/links.tsx';

/** What the search has looked at, and the way to look at more. */
export function NoUserMatches({ typed }: { typed: string }) {
  const { t } = useTranslation();
  const seesNumbers = useMay('operator');
  if (!seesNumbers && mayBeMasked(typed)) return <Text size="sm">{t('shell.search.masked')}</Text>;
  return (
    <>
      <Text size="sm">{t('users.search.looked')}</Text>
      <ButtonLink to="/users" search={{ search: typed, anywhere: 'yes' }}>
        {t('users.search.anywhere', { typed })}
      </ButtonLink>
    </>
  );
}
