/** The section *Your account*. */
export const account = {
  may: {
    owner: 'You are signed in as %{username}. As an owner you may do everything.',
    operator:
      'You are signed in as %{username}. As an operator you may change everything but administrators, secrets of applications and signing keys.',
    viewer:
      'You are signed in as %{username}. As a viewer you may look, with phone numbers masked and without codes, and change nothing. An owner can give you another role.',
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
    endOthers: 'End all other sessions',
    othersEnded: 'All other sessions have ended.',
  },
  twoStep: {
    title: 'Two-step sign-in',
    lead: 'An app on your phone shows a new code each half minute, which is asked for after the password. Whoever learns your password cannot sign in without it.',
    open: 'Set up two-step sign-in',
    on: 'On since',
    codesLeft_one: '%{count} recovery code is left.',
    codesLeft_other: '%{count} recovery codes are left.',
    passwordLead: 'First, your password, so that nobody else sets this up in your place.',
    next: 'Next',
    scan: 'Scan this with an authenticator app, or type the key into it. Then enter the code that it shows.',
    qrCode: 'QR code for an authenticator app; it holds the key below',
    secret: 'Key',
    submit: 'Turn on',
  },
  recoveryCodes: {
    open: 'Make new recovery codes',
    title: 'Your recovery codes',
    once: 'Copy these now: they are not shown again.',
    lead: 'Each one takes the place of a code once, should your phone be lost. Keep them where the phone is not.',
    codes: 'Recovery codes',
    kept: 'I have kept them',
    renewLead: 'Those that are left stop working.',
  },
  turnOff: {
    open: 'Turn two-step sign-in off',
    lead: 'Your password alone signs you in then. Without the phone, a recovery code does as the code.',
    done: 'Two-step sign-in is off.',
  },
} as const;
