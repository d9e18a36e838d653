import { Button, Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { abandonSession, expiry, resumeSession } from '../api/expiry.ts';
import { takeAnswer } from '../api/take-answer.ts';
import { sessionQuery } from './session.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Opens over the page when the session has ended; what was typed there stays, and what was sent goes on afterwards. */
export function SignInAgain() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const isWaiting = useSyncExternalStore(expiry.subscribe, expiry.isWaiting);
  const leave = () => {
    abandonSession();
    takeAnswer(queries, sessionQuery.queryKey, null);
  };
  return (
    <Modal
      opened={isWaiting}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('shell.signIn.again')}
      zIndex={500}
      centered
    >
      <Text size="sm" mb="md">
        {t('shell.signIn.againLead')}
      </Text>
      <SignInForm
        username={queries.getQueryData(sessionQuery.queryKey)?.administrator.username ?? ''}
        onDone={resumeSession}
      />
      <Button variant="subtle" color="gray" fullWidth mt="xs" onClick={leave}>
        {t('shell.signIn.leave')}
      </Button>
    </Modal>
  );
}
