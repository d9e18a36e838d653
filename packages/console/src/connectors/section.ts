import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute, signedInRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { addressOf, oneOfNamed } from '../shell/address.ts';
import { IconPlugConnected } from '../shell/icons.tsx';
import { readLanguage } from '../sign-in-experience/language-tag.ts';
import { readChannel } from './channel-rows.ts';
import { type Tab, type TemplateView, tabs, templateViews } from './tabs.ts';

const readTemplateView = (search: Record<string, unknown>): { view?: TemplateView } =>
  oneOfNamed('view', templateViews, search);

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'connectors',
  component: lazyRouteComponent(() => import('./connectors-page.tsx'), 'ConnectorsPage'),
});
const chooseRoute = createRoute({
  getParentRoute: () => listRoute,
  path: 'choose',
  validateSearch: readChannel,
  component: lazyRouteComponent(() => import('./choose-connector.tsx'), 'ChooseFirstConnector'),
});
const createOwnRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'connectors/create-your-own',
  validateSearch: readChannel,
  component: lazyRouteComponent(() => import('./create-your-own-page.tsx'), 'CreateYourOwnPage'),
});
const emailTemplatesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'connectors/email-templates',
  validateSearch: addressOf(readLanguage),
  component: lazyRouteComponent(() => import('./email-templates/email-templates-page.tsx'), 'EmailTemplatesPage'),
});
const setUpRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'connectors/set-up/$factoryId',
  validateSearch: addressOf(readTemplateView),
  component: lazyRouteComponent(() => import('./set-up-page.tsx'), 'SetUpPage'),
});

const connectorRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'connectors/$id',
  validateSearch: addressOf((search): { tab?: Tab; view?: TemplateView } => ({
    ...oneOfNamed('tab', tabs, search),
    ...readTemplateView(search),
  })),
  component: lazyRouteComponent(() => import('./connector-page.tsx'), 'ConnectorPage'),
});
const changeRoute = createRoute({
  getParentRoute: () => connectorRoute,
  path: 'change',
  component: lazyRouteComponent(() => import('./choose-connector.tsx'), 'ChooseOtherConnector'),
});
const deleteRoute = createRoute({
  getParentRoute: () => connectorRoute,
  path: 'delete',
  component: lazyRouteComponent(() => import('./delete-connector.tsx'), 'DeleteConnector'),
});

/**
 * Connectors: the list, the dialogs that choose one, the set-up screen, the page of a connector, and the texts of
 * mails.
 */
export const connectors = {
  path: '/connectors',
  label: 'sections.connectors',
  icon: IconPlugConnected,
  pages: [
    listRoute.addChildren([chooseRoute]),
    createOwnRoute,
    emailTemplatesRoute,
    connectorRoute.addChildren([changeRoute, deleteRoute]),
  ],
  screens: [setUpRoute],
} as const satisfies Section;
