/** What the sections are called, in the navigation and above their pages. */
export const sections = {
  account: 'Your account',
  administrators: 'Administrators',
  applications: 'Applications',
  auditLog: 'Audit log',
  connectors: 'Connectors',
  developmentInbox: 'Development inbox',
  messages: 'Messages',
  overview: 'Overview',
  protection: 'Protection',
  resources: 'API resources',
  settings: 'Settings',
  signInExperience: 'Sign-in experience',
  users: 'Users',
  webhooks: 'Webhooks',
} as const;
