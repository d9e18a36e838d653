/** The section *Applications*. */
export const applications = {
  lead: 'What signs people in through this server, or calls its API.',
  back: 'Back to the applications',
  settings: 'Settings',
  fields: {
    id: 'Client id',
    secret: 'Client secret',
    name: 'Name',
    description: 'Description',
    type: 'Type',
    created: 'Created',
    redirectUris: 'Redirect URIs',
    postLogoutRedirectUris: 'Redirect URIs after sign-out',
    isAdmin: 'May call the Management API',
  },
  help: {
    type: 'The type cannot be changed later.',
    redirectUris: 'Where a sign-in leads back to. Each in full; https, or http for localhost.',
    example: 'For example %{uri}.',
    postLogoutRedirectUris: 'Where a sign-out leads back to.',
    isAdmin: 'Turn it off for a back end that only calls APIs of your own. Only owners turn it on.',
    allRights: 'All of it: send codes, read and change users, settings and applications.',
    noRights: 'None of it at the moment.',
  },
  types: {
    Traditional: {
      name: 'Traditional web',
      about: 'People sign in, and a server makes the pages and keeps a secret. For example Next.js, Rails or PHP.',
    },
    SPA: {
      name: 'Single-page application',
      about: 'People sign in, and all of it runs in the browser. For example React, Vue or Angular.',
    },
    Native: {
      name: 'Native',
      about: 'People sign in with an app on a phone or a computer. For example Swift, Kotlin or Flutter.',
    },
    MachineToMachine: {
      name: 'Machine to machine',
      about: 'Nobody signs in: a back end calls the Management API, to send codes for example, or APIs of your own.',
    },
  },
  uris: { add: 'Add a URI', remove: 'Remove %{label}' },
  empty: {
    title: 'No applications yet',
    text: 'Create one to sign people in, or to send codes from your own back end.',
  },
  create: {
    open: 'Create application',
    title: 'Create an application',
    submit: 'Create',
    done: 'The application was created.',
    noType: 'Choose what kind of application it is.',
    noRedirectUri: 'Give the address that a sign-in leads back to. Without one nobody can sign in.',
  },
  tokens: {
    title: 'Tokens',
    lead: 'What is changed here holds for the tokens that are issued from then on.',
    seconds_one: '%{count} second',
    seconds_other: '%{count} seconds',
    idTokenTtl: { label: 'Lifetime of ID tokens, in seconds', help: 'An hour where nothing is entered.' },
    refreshTokenTtlInDays: {
      label: 'Lifetime of refresh tokens, in days',
      help: 'Up to 180; 14 days where nothing is entered. A refresh token that replaces another lives as long again.',
    },
    rotateRefreshToken: {
      label: 'Replace refresh tokens',
      help: 'Each use of a refresh token gives another one, and using an old one again ends the sign-in. Without it, nobody notices a refresh token that was stolen; leave it on for applications without a secret.',
    },
    alwaysIssueRefreshToken: {
      label: 'Always give a refresh token',
      help: 'Without the scope offline_access too. Such a refresh token ends when the person signs out.',
    },
    corsAllowedOrigins: {
      label: 'CORS origins',
      help: 'Whose pages may call the token endpoints, beside those of the redirect URIs.',
    },
  },
  endpoints: {
    title: 'Endpoints',
    issuer: 'Issuer',
    authorization: 'Authorization endpoint',
    token: 'Token endpoint',
    userinfo: 'Userinfo endpoint',
    endSession: 'End-session endpoint',
    managementApi: 'Management API',
    apiIndicator: 'Resource to ask for',
  },
  snippet: {
    codes: {
      title: 'Send a code from a shell',
      lead: 'Put the secret in the place of THE-SECRET and your own number in the last line, then run it where curl is.',
      label: 'Get a token and send a code',
    },
    users: {
      title: 'List users from a shell',
      lead: 'Put the secret in the place of THE-SECRET, then run it where curl is.',
      label: 'Get a token and list users',
    },
    read: {
      title: 'List messages from a shell',
      lead: 'Put the secret in the place of THE-SECRET, then run it where curl is.',
      label: 'Get a token and list messages',
    },
    SPA: {
      title: 'Sign in from a page',
      lead: 'A whole page without a library, for the address of the redirect URI. Libraries such as oidc-client-ts take the same issuer, client id and redirect URI.',
      label: 'A page that signs in',
    },
    Traditional: {
      title: 'Sign in from a server',
      lead: 'A whole server for Node with the library openid-client. It takes the secret from the environment.',
      label: 'server.mjs',
    },
    Native: {
      title: 'Sign in from a program',
      lead: 'A whole program for Node with the library openid-client. On phones, AppAuth takes the same issuer and client id, and a redirect URI with a scheme of your own.',
      label: 'sign-in.mjs',
    },
    noRedirectUri: 'Add %{uri} to the redirect URIs above first, or one of your own.',
  },
  secret: {
    title: 'Client secret',
    lead: 'It was shown once, and only a digest of it is kept. If it is lost or leaked, replace it.',
    once: 'Copy the secret now. It is not shown again.',
    kept: 'I have kept the secret',
  },
  rotate: {
    open: 'Replace the secret',
    submit: 'Replace',
    text: 'The old secret stops working at once. Tokens that it got work until they expire, an hour at most.',
  },
  delete: {
    open: 'Delete application',
    lead: 'Nobody can sign in through it any more, and its calls of the API end.',
    submit: 'Delete',
    text: '%{name} is deleted for good. Its calls of the Management API are refused at once. This cannot be undone.',
    done: 'The application was deleted.',
  },
  rights: {
    title: 'What it may do',
    lead: 'In the Management API. A choice counts at once, also for access tokens that it has.',
    label: 'This application may do',
    all: 'Everything, as an owner',
    some: 'Only some of it',
    sentence: '%{part}.',
    scope: {
      codes: 'Send codes and check them',
      users: 'Read and change users, end their sessions, unlock their numbers',
      read: 'Read everything but secrets and the development inbox',
    },
  },
} as const;
