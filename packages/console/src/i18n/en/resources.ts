/** The section *API resources*. */
export const resources = {
  lead: 'APIs of your own that applications call with access tokens from this server. The APIs verify the tokens on their own.',
  back: 'Back to the API resources',
  settings: 'Settings',
  default: 'Default',
  fields: {
    name: 'Name',
    indicator: 'Indicator',
    accessTokenTtl: 'Lifetime of access tokens, in seconds',
  },
  help: {
    default: 'Tokens are for it where a client does not say for which API. There is one at most.',
    indicator: 'The URI that applications ask for, and the audience of the tokens. It cannot be changed later.',
    accessTokenTtl: 'A token that is out cannot be taken back, so keep it short: clients renew tokens by themselves.',
    scopeName: 'What applications ask for, without spaces.',
    machinesOnly: 'Otherwise every user of every application that asks for it gets it.',
  },
  create: {
    open: 'Create API resource',
    title: 'Create an API resource',
    submit: 'Create',
    done: 'The API resource was created.',
  },
  indicator: {
    title: 'What to ask for',
    lead: 'Applications send this as resource, character by character, when they sign somebody in and when they ask for a token.',
    own: 'Only machine-to-machine applications that may call it get tokens for the API of this server. It stays as it is.',
  },
  scopes: {
    title: 'Scopes',
    lead: 'What applications may ask to do. A scope limits the application, not the person: the API still looks whose data it is.',
    empty: 'No scopes yet. Without one, a token says who is calling, and nothing more.',
    name: 'Scope',
    description: 'Description',
    action: 'Action',
    machinesOnly: 'Only machine-to-machine applications',
    create: { open: 'Add a scope', title: 'Add a scope', submit: 'Add', done: 'The scope was added.' },
    delete: {
      of: 'Delete %{name}',
      title: 'Delete a scope',
      submit: 'Delete',
      text: 'No new token has %{name}. Tokens that are out have it until they expire.',
      done: 'The scope was deleted.',
    },
  },
  snippet: {
    title: 'Verify tokens in the API',
    lead: 'A whole server for Node with the library jose. Any library for JWTs does, with the same issuer, audience and keys.',
  },
  delete: {
    open: 'Delete API resource',
    lead: 'No application gets tokens for it any more.',
    submit: 'Delete',
    text: '%{name} is deleted with its scopes, for good. Tokens that are out work until they expire.',
    done: 'The API resource was deleted.',
  },
} as const;
