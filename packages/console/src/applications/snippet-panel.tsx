import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../forms/copyable.tsx';
import { Panel } from '../forms/panel.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { type Application, signsIn } from './applications-api.ts';
import { type Endpoints, endpointsQuery } from './endpoints-query.ts';
import { browserSnippet } from './snippets/browser-snippet.ts';
import { callFor, type ManagementCall, managementCallSnippet } from './snippets/management-call.ts';
import { programSnippet, webServerSnippet } from './snippets/node-snippets.ts';
import { signInValues } from './snippets/sign-in-values.ts';

type Of = { application: Application; secret?: string };

/** Something that works as it stands, with the addresses of this server. */
export function Snippet({ application, secret }: Of) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(endpointsQuery);
  if (error) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!data) return <Skeleton height={220} />;
  const { type, oidcClientMetadata } = application;
  const example = exampleOf(application);
  if (!example) return null;
  const { redirectUri } = signInValues(application, data);
  return (
    <>
      {signsIn(type) && !oidcClientMetadata.redirectUris.includes(redirectUri) && (
        <Text size="sm">{t('applications.snippet.noRedirectUri', { uri: redirectUri })}</Text>
      )}
      <Copyable
        label={t(`applications.snippet.${example}.label`)}
        value={snippetFor(application, example, data, secret)}
        isBlock
      />
    </>
  );
}

type Example = 'SPA' | 'Traditional' | 'Native' | ManagementCall;

/** What an application is shown: how it signs in, or a call that it may make. `undefined` where it may do neither. */
export const exampleOf = (application: Application): Example | undefined =>
  application.type === 'MachineToMachine' ? callFor(application) : application.type;

function snippetFor(application: Application, example: Example, endpoints: Endpoints, secret?: string): string {
  const values = signInValues(application, endpoints);
  switch (example) {
    case 'SPA':
      return browserSnippet(values);
    case 'Traditional':
      return webServerSnippet(values);
    case 'Native':
      return programSnippet(values);
    default:
      return managementCallSnippet(example, endpoints, { id: application.id, secret });
  }
}

/** The same on the page of an application, where its secret is not known any more. */
export function SnippetPanel({ application }: Of) {
  const { t } = useTranslation();
  const example = exampleOf(application);
  if (!example) return null;
  return (
    <Panel title={t(`applications.snippet.${example}.title`)} lead={t(`applications.snippet.${example}.lead`)}>
      <Snippet application={application} />
    </Panel>
  );
}
