/** The tabs of a connector's page. */
export const tabs = ['settings', 'templates', 'messages'] as const;
export type Tab = (typeof tabs)[number];

/** How templates are edited. */
export const templateViews = ['json', 'form'] as const;
export type TemplateView = (typeof templateViews)[number];
