/** What the server was started with, and how it is. */
export const settings = {
  title: 'Settings',
  lead: 'What this server is and what it was started with. Settings are environment variables: change them where the server is started, then start it again.',
  server: 'Server',
  fact: {
    version: 'Version',
    node: 'Node.js',
    startedAt: 'Running since',
    readiness: 'Health check',
    database: 'Database',
    size: 'Size of the database',
    rows: 'Rows (about)',
    signingKey: 'Signing key',
    keySince: 'in use since',
  },
  readiness: {
    ok: 'OK: the database answers and takes writes.',
    failing: 'Failing: the database does not answer, or takes no writes. The log of the server says why.',
  },
  table: {
    users: 'users',
    messages: 'messages',
    audit_log: 'audit log',
    oidc_models: 'sessions and tokens',
    sign_in_flows: 'sign-ins under way',
  },
  variables: {
    title: 'Settings',
    lead: 'Secrets are never shown, and of URLs only where they lead.',
    secret: 'Set, not shown',
    none: 'none',
  },
  source: { set: 'Set', alias: 'Set by another variable', default: 'Default' },
} as const;
