import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readPolicyAnew } from '../../api/protection.ts';
import { tellSuccess, useFailureNotice } from '../../shell/notices.ts';
import { addListed } from '../listed/listed-api.ts';

/** Has a range of numbers always pass. */
export function AllowButton({ range, isAllowed }: { range: string; isAllowed: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  const allowing = useMutation({
    mutationFn: () => addListed({ list: 'always', entry: range }),
    onSuccess: () => tellSuccess(t('protection.decisions.allowed', { range })),
    onError: tellFailure,
    onSettled: () => readPolicyAnew(queries),
  });
  return (
    <Button
      size="xs"
      variant="default"
      disabled={isAllowed}
      loading={allowing.isPending}
      onClick={() => allowing.mutate()}
    >
      {t(isAllowed ? 'protection.decisions.isAllowed' : 'protection.decisions.allow', { range })}
    </Button>
  );
}
