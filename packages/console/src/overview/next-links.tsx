import { useRouteContext } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Connector } from '../api/connectors.ts';
import { rootRoute } from '../frame/root-routes.ts';
import { PageLink } from '../shell/links.tsx';

type Props = { live: Connector | null };

/** To where a connector is chosen: the first one, or another one. */
export function ConnectorLink({ live }: Props) {
  const { t } = useTranslation();
  return live ? (
    <PageLink to="/connectors/$id/change" params={{ id: live.id }} size="sm">
      {t('overview.steps.connectorNext')}
    </PageLink>
  ) : (
    <PageLink to="/connectors/choose" size="sm">
      {t('overview.steps.connectorNext')}
    </PageLink>
  );
}

/** To where a test is sent; nothing while there is no connector. */
export function TestLink({ live }: Props) {
  const { t } = useTranslation();
  if (!live) return null;
  return (
    <PageLink to="/connectors/$id" params={{ id: live.id }} size="sm">
      {t('overview.steps.testNext')}
    </PageLink>
  );
}

/** To the section that holds the applications, where the Console has it. */
export function ApplicationLink() {
  const { t } = useTranslation();
  const { sections } = useRouteContext({ from: rootRoute.id });
  const section = sections.find(({ path }) => path === '/applications');
  if (!section) return null;
  return (
    <PageLink to={section.path} size="sm">
      {t('overview.steps.applicationNext')}
    </PageLink>
  );
}
