import './mantine.css';
import './global.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { cacheThatReadsAgain, mayPass } from './api/read-again.ts';
import { startTranslations } from './i18n/index.ts';
import { router } from './router.tsx';
import { watchFetchedCode } from './shell/fetched-code.ts';
import { Themed } from './shell/themed.tsx';

const queries: QueryClient = new QueryClient({
  queryCache: cacheThatReadsAgain(() => queries),
  defaultOptions: {
    queries: { retry: (failures, error) => failures < 2 && mayPass(error), staleTime: 10_000 },
    // Even without a network the server may be reached, when both are on one machine.
    mutations: { networkMode: 'always' },
  },
});

watchFetchedCode();
await startTranslations();
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <Themed>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Themed>
  </StrictMode>,
);
