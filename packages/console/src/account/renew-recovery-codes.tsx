import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renewRecoveryCodes } from './account-api.ts';
import { ProofForm } from './proof-form.tsx';
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx';
import { useBackToAccount } from './use-back-to-account.ts';

/** Makes new recovery codes, and tells them. */
export function RenewRecoveryCodes() {
  const { t } = useTranslation();
  const [codes, setCodes] = useState<string[]>();
  const close = useBackToAccount();
  if (codes) return <RecoveryCodesDialog codes={codes} onClose={close} />;
  return (
    <ProofForm
      title={t('account.recoveryCodes.open')}
      text={t('account.recoveryCodes.renewLead')}
      submit={t('account.recoveryCodes.open')}
      change={renewRecoveryCodes}
      onDone={({ recoveryCodes }) => setCodes(recoveryCodes)}
      onClose={close}
    />
  );
}
