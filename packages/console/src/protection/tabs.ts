/** The pages of the section, in their order, and where each is. */
export const tabs = {
  now: '/protection',
  decisions: '/protection/decisions',
  policy: '/protection/policy',
  listed: '/protection/listed',
  costs: '/protection/costs',
  check: '/protection/check',
} as const;
export type Tab = keyof typeof tabs;
