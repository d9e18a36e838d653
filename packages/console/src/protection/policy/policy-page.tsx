import { useQuery } from '@tanstack/react-query';
import { fraudPolicyQuery, pricesQuery } from '../../api/protection.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { PageSkeleton } from '../../shell/page-skeleton.tsx';
import { PolicyForm } from './policy-form.tsx';

/** What the guard goes by. */
export function PolicyPage() {
  const policy = useQuery(fraudPolicyQuery);
  const prices = useQuery(pricesQuery);
  if (policy.data && prices.data) return <PolicyForm stored={{ policy: policy.data, prices: prices.data }} />;
  const error = policy.error ?? prices.error;
  const retry = () => Promise.all([policy.refetch(), prices.refetch()]);
  return error ? <ErrorNotice error={error} onRetry={retry} /> : <PageSkeleton />;
}
