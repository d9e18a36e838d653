import '@mantine/notifications/styles.css';
import { MantineProvider } from '@mantine/core';
import { type NotificationData, Notifications, notifications } from '@mantine/notifications';
import { createRoot } from 'react-dom/client';
import { styleNonce } from '../csp.ts';
import { resolveVariables, theme } from '../theme.ts';

const place = document.body.appendChild(document.createElement('div'));
createRoot(place).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={resolveVariables}
    defaultColorScheme="auto"
    getStyleNonce={styleNonce}
    withCssVariables={false}
    withGlobalClasses={false}
  >
    <Notifications position="bottom-right" zIndex={600} />
  </MantineProvider>,
);

/** Shows a notice in the corner. */
export function showNotice(notice: NotificationData): void {
  notifications.show(notice);
}
