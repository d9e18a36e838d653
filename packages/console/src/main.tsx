import './mantine.css';
import './global.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { toApiError } from './api/api-error.ts';
import { startTranslations } from './i18n/index.ts';
import { router } from './router.tsx';
import { Themed } from './shell/themed.tsx';

/** A refusal stays one, so only what may pass is asked for again by itself. */
const mayPass = (error: unknown) => [0, 502, 503, 504].includes(toApiError(error).status);

const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: (failures, error) => failures < 2 && mayPass(error), staleTime: 10_000 },
    // Even without a network the server may be reached, when both are on one machine.
    mutations: { networkMode: 'always' },
  },
});

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
