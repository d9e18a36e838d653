import * as kit from '@sesame/connector-kit';
import { z } from 'zod';

const configGuard = z.object({
  endpoint: kit.endpointGuard,
  key: kit.requiredText(),
  templates: kit.contentTemplatesGuard,
});
const replyGuard = z.union([z.object({ id: z.string() }), z.object({ error: z.string(), message: z.string() })]);
const refusals = kit.refusalTable({
  busy: kit.throttled('Acme takes no more messages for now.'),
  'no-such-number': kit.recipient('Acme knows no such number.'),
});

export const acmeSms = {
  metadata: {
    id: 'acme-sms',
    target: 'acme-sms',
    platform: null,
    name: { en: 'Acme SMS' },
    description: { en: 'Sends with Acme.' },
    logo: './logo.svg',
    logoDark: null,
    readme: './README.md',
    formItems: [
      { key: 'endpoint', type: 'Text', label: 'Endpoint', required: true },
      { key: 'key', type: 'Text', label: 'API key', required: true, isConfidential: true },
      kit.contentTemplatesItem,
    ],
  },
  configGuard,
  async send({ to, text, variables }, context) {
    const { endpoint, key } = context.config;
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const reply = await kit.postToProvider(context, { url: endpoint, headers, body: JSON.stringify({ to, text }) });
    const answer = replyGuard.safeParse(reply.json);
    if (!answer.success) throw kit.unreadableReply(reply);
    if ('id' in answer.data) return { providerMessageId: answer.data.id, text };
    const { error: code, message: words } = answer.data;
    const hide = (said: string) => kit.hideSecrets(said, [key, text, variables.code]);
    throw kit.refusalError(reply, refusals.get(code) ?? kit.configuration('Acme refused it.'), { code, words, hide });
  },
} satisfies kit.ConnectorDefinition<z.infer<typeof configGuard>, kit.Template>;

export default kit.defineConnector(acmeSms);
