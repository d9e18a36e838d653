import * as kit from '@sesame/connector-kit';

const { z } = kit;
const standardEndpoint = 'https://api.example.com/v1';

const configGuard = z.object({
  endpoint: kit.endpointOr(standardEndpoint),
  apiKey: kit.requiredText('Give an API key of your account.'),
  sender: kit.requiredText('Give a sender of your account.'),
  templates: kit.contentTemplatesGuard,
});

/** What the gateway answers: the id of the message, or why there is none. */
const replyGuard = z.union([
  z.object({ id: z.string().min(1) }),
  z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
]);

/** What the gateway's error codes mean, and who can do something about it. */
const refusals = kit.refusalTable({
  unauthorized: kit.configuration('The gateway did not accept the API key.', 'apiKey'),
  unknown_sender: kit.configuration('The sender is not registered with the account.', 'sender'),
  invalid_number: kit.recipient('The recipient is not a phone number.'),
  // Only where the gateway has certainly sent nothing: a second message costs money and confuses people.
  too_many_requests: kit.throttled('Requests come too fast; the gateway did not process this one.'),
  internal_error: kit.unclear('The gateway failed; the message may or may not have been sent.'),
});

export default kit.defineConnector({
  metadata: {
    id: 'my-gateway',
    target: 'my-gateway',
    platform: null,
    name: { en: 'My gateway' },
    description: { en: 'Sends verification codes through My gateway.' },
    logo: './logo.svg',
    logoDark: null,
    readme: './README.md',
    formItems: [
      { key: 'endpoint', type: 'Text', label: 'Endpoint', placeholder: standardEndpoint },
      { key: 'apiKey', type: 'Text', label: 'API key', required: true, isConfidential: true },
      { key: 'sender', type: 'Text', label: 'Sender', required: true, placeholder: 'Acme' },
      kit.contentTemplatesItem,
    ],
  },
  configGuard,
  async send({ to, text, variables }, context) {
    const { endpoint, apiKey, sender } = context.config;
    const reply = await kit.postToProvider(context, {
      url: `${endpoint}/messages`,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ from: sender, to, text }),
    });
    const answer = replyGuard.safeParse(reply.json);
    if (!answer.success) throw kit.unreadableReply(reply);
    if ('id' in answer.data) return { providerMessageId: answer.data.id, text };
    const { code, message: words } = answer.data.error;
    throw kit.refusalError(
      reply,
      refusals.get(code) ?? kit.configuration(`The gateway refused the message (HTTP ${reply.status}).`),
      // Providers quote what they refuse, and errors reach logs.
      { code, words, hide: (said) => kit.hideSecrets(said, [apiKey, text, variables.code]) },
    );
  },
});
