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

/**
 * Who can do something about a refusal. What is not here is for the administrator to put right.
 * @type {Map<string, import('@sesame/connector-kit').FailureKind>}
 */
const kinds = new Map([
  ['invalid_number', 'recipient'],
  ['too_many_requests', 'limit'],
  ['internal_error', 'unclear'],
]);

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
    const { code, message } = answer.data.error;
    throw new kit.ConnectorError({
      kind: kinds.get(code) ?? 'configuration',
      message: `The gateway refused the message (HTTP ${reply.status}).`,
      status: reply.status,
      providerCode: code,
      // Providers quote what they refuse, and this text reaches logs.
      providerMessage: kit.hideSecrets(message, [apiKey, text, variables.code]),
      retryAfterSeconds: kit.retryAfterSeconds(reply.headers),
      // Only where the gateway has certainly sent nothing: a second message costs money and confuses people.
      retry: code === 'too_many_requests',
    });
  },
});
