import { Container } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { sessionQuery } from './session.ts';
import { SignInAgain } from './sign-in-again.tsx';

/** What only administrators see; anybody else is sent to the sign-in page and back. */
export function SignedIn() {
  const session = useQuery(sessionQuery);
  if (session.data) {
    return (
      <>
        <Outlet />
        <SignInAgain />
      </>
    );
  }
  return (
    <Container component="main" size="sm" py="xl">
      {session.data === null && <ToSignIn />}
      {session.isError ? <ErrorNotice error={session.error} onRetry={session.refetch} /> : <PageSkeleton />}
    </Container>
  );
}

/** Leaves for the sign-in page once; the address at that moment is where to come back to. */
function ToSignIn() {
  const navigate = useNavigate();
  const { state } = useRouter();
  const { publicHref } = state.location;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address changes by this very navigation
  useEffect(() => {
    void navigate({ to: '/sign-in', search: { redirect: publicHref }, replace: true, ignoreBlocker: true });
  }, []);
  return null;
}
