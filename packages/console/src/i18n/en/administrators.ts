/** The section *Administrators*. */
export const administrators = {
  lead: 'Who may use this Console, and as what. Only owners see this page.',
  you: 'You',
  fields: { username: 'Username', role: 'Role', twoStep: 'Two steps', since: 'Since', action: 'Action' },
  twoStep: { on: 'On', off: 'Off' },
  roles: {
    owner: 'May do everything, administrators and secrets included.',
    operator: 'May change everything but administrators, secrets of applications and signing keys.',
    viewer: 'May look, with phone numbers masked and without codes, and change nothing.',
  },
  role: {
    of: 'Change role of %{username}',
    open: 'Change role',
    lead: 'What %{username} may do, from now on.',
    done: 'The role was changed.',
  },
  add: {
    open: 'Add an administrator',
    submit: 'Add',
    usernameHelp: 'Letters, digits, dots, dashes, underscores and @.',
    password: 'First password',
    done: 'The administrator was added.',
  },
  remove: {
    of: 'Remove %{username}',
    title: 'Remove an administrator',
    submit: 'Remove',
    text: '%{username} can no longer sign in to the Console, and is signed out everywhere at once.',
    done: 'The administrator was removed.',
  },
} as const;
