import { useTranslation } from 'react-i18next';
import { tellSuccess } from '../shell/notices.ts';
import { turnOffTwoStep } from './account-api.ts';
import { ProofForm } from './proof-form.tsx';
import { useBackToAccount } from './use-back-to-account.ts';

/** Asks for both steps before the second one is given up. */
export function TurnOffTwoStep() {
  const { t } = useTranslation();
  const close = useBackToAccount();
  return (
    <ProofForm
      title={t('account.turnOff.open')}
      text={t('account.turnOff.lead')}
      submit={t('account.turnOff.open')}
      change={turnOffTwoStep}
      onDone={() => {
        tellSuccess(t('account.turnOff.done'));
        close();
      }}
      onClose={close}
    />
  );
}
