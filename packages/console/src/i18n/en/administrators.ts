/** The section *Administrators*. */
export const administrators = {
  navigation: 'Administrators',
  lead: 'Who may use this Console. All of them may do everything.',
  you: 'You',
  fields: { username: 'Username', since: 'Since', action: 'Action' },
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
  password: {
    title: 'Your password',
    lead: 'When you change it, your sessions in other browsers end.',
    open: 'Change password',
    current: 'Current password',
    new: 'New password',
    done: 'Your password was changed.',
  },
  sessions: {
    title: 'Your sessions',
    lead: 'Where you are signed in. End what you do not know, and change your password then.',
    begun: 'Since',
    expires: 'Ends',
    current: 'This browser',
    end: 'End session',
    endOf: 'End session since %{time}',
    ended: 'The session has ended.',
  },
} as const;
