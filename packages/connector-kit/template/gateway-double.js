import { startProviderDouble } from '@sesame/connector-kit/provider-double';

/**
 * Starts a gateway on this machine that checks each request as strictly as the real one.
 * @param {{ apiKey: string, senders: string[], print?: (text: string) => void }} account
 */
export async function startGatewayDouble({ apiKey, senders, print = () => {} }) {
  let sent = 0;
  return startProviderDouble(({ method, path, headers, body }) => {
    if (method !== 'POST' || path !== '/messages') return refusal(404, 'not_found', 'No such operation');
    if (headers.authorization !== `Bearer ${apiKey}`) return refusal(401, 'unauthorized', 'Unknown API key');
    const { from, to, text } = JSON.parse(body);
    if (!senders.includes(from)) return refusal(400, 'unknown_sender', `${from} is not a sender of this account`);
    if (!/^\+[1-9]\d{7,14}$/.test(to)) return refusal(400, 'invalid_number', `${to} is not a phone number`);
    if (!text) return refusal(400, 'empty_text', 'There is no text');
    sent += 1;
    print(`To ${to}: ${text}\n`);
    return { status: 201, body: { id: `message-${sent}` } };
  });
}

/**
 * A refusal as the gateway words it.
 * @param {number} status
 * @param {string} code
 * @param {string} message
 */
export function refusal(status, code, message) {
  return { status, body: { error: { code, message } } };
}

// "npm run gateway" runs it until Ctrl+C, to try the connector out in the Console.
if (process.argv[1] === import.meta.filename) {
  const account = { apiKey: 'a-secret-api-key', senders: ['Acme'] };
  const print = (/** @type {string} */ text) => void process.stdout.write(text);
  const { url } = await startGatewayDouble({ ...account, print });
  print(`Endpoint ${url}, API key ${account.apiKey}, sender ${account.senders}\n`);
}
