import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { experienceQuery } from '../../sign-in-experience/experience-api.ts';
import { type CodePolicy, defaultPolicy } from './templates.ts';

/** The rules for codes, as they are set on this server. */
export function useCodePolicy(): CodePolicy {
  const { data } = useQuery(experienceQuery);
  return useMemo(() => {
    if (!data) return defaultPolicy;
    const { expirationDuration, codeLength } = data.verificationCodePolicy;
    return { lifetimeSeconds: expirationDuration, codeLength };
  }, [data]);
}
