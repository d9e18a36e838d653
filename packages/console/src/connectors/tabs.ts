/** The tabs of a connector's page. */
export const tabs = ['settings', 'templates', 'messages'] as const;
export type Tab = (typeof tabs)[number];
