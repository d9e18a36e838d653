import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../shell/links.tsx';

type Props = {
  /** Puts what is stored in the place of what was typed. */
  onLoad: () => void;
  onSave: () => void;
};

/** Says that somebody else has changed what was to be saved, and asks which of the two is to stay. */
export function ChangedMeanwhile({ onLoad, onSave }: Props) {
  const { t } = useTranslation();
  return (
    <Alert role="alert" color="orange" variant="outline" title={t('forms.changedMeanwhile.title')} mb="sm">
      <Text size="sm">{t('forms.changedMeanwhile.text')}</Text>
      <Group gap="xs" mt="sm">
        <Button size="xs" variant="default" onClick={onLoad}>
          {t('forms.changedMeanwhile.load')}
        </Button>
        <Button size="xs" variant="default" onClick={onSave}>
          {t('forms.changedMeanwhile.save')}
        </Button>
        <PageLink to="/audit-log" size="sm">
          {t('forms.changedMeanwhile.who')}
        </PageLink>
      </Group>
    </Alert>
  );
}
