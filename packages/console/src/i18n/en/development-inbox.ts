/** The messages that the development inbox took. */
export const developmentInbox = {
  navigation: 'Development inbox',
  title: 'Development inbox',
  lead: 'Messages that were not sent to a phone but kept here, so that you can try things out. New ones appear by themselves.',
  count_one: '%{count} message',
  count_other: '%{count} messages',
  copy: 'Copy the code %{code} for %{phone}',
  unseen: '(%{count}) %{title}',
  user: 'Open the user',
  column: { time: 'Time', phone: 'Phone number', code: 'Code', text: 'Text', usageType: 'Usage type', locale: 'Language', id: 'Message' },
  codeState: { valid: 'Can be entered', used: 'Used', expired: 'Expired' },
  filter: { search: 'Search', placeholder: 'Number or text' },
  arrival: {
    label: 'When a message arrives',
    badge: 'Count arrivals in the title',
    sound: 'Play a sound',
    both: 'Count in the title and play a sound',
    none: 'No sign of arrivals',
  },
  clear: {
    open: 'Empty',
    title: 'Empty the inbox?',
    text: 'All messages here are forgotten. Codes that were sent stay good, and the records under Messages stay.',
    confirm: 'Empty the inbox',
  },
  empty: {
    title: 'No message yet',
    text: 'Ask for a code in your application, or send a test from the connector. It appears here within two seconds.',
    next: 'Open the connector and send a test',
  },
  otherLive: {
    title: '%{name} is live',
    text: 'Messages go to real phones through %{name}, so nothing arrives here. To try things out without sending, make the development inbox the live connector.',
    messages: 'See what was sent',
    connector: 'Open %{name}',
  },
  noConnector: {
    title: 'No connector is set up',
    text: 'Codes can neither be sent nor shown here. Set up the development inbox to try things out.',
    next: 'Choose a connector',
  },
} as const;
