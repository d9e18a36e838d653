import { newUserAgent } from '../../test/setup/user-agent.ts';

/** A browser at an address that a proxy tells of, at the door of the account pages. */
export async function newVisitor(url: string, address: string) {
  const browser = newUserAgent();
  const headers = { 'x-forwarded-for': address };
  // Each step of the way in comes from the address.
  for (let next: URL | undefined = new URL('/account', url); next; ) {
    const location: string | null = (await browser.send(next, { headers })).headers.get('location');
    next = location === null ? undefined : new URL(location, next);
  }
  let verificationId = '';

  async function call(method: string, path: string, body: object) {
    const reply = await browser.send(`${url}/api/experience${path}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await reply.text();
    return { status: reply.status, body: text === '' ? {} : JSON.parse(text) };
  }
  const identifierOf = (phone: string) => ({ type: 'phone', value: phone });

  return {
    /** @returns `sent`, or the code of the refusal */
    async askFor(phone: string): Promise<string> {
      await call('PUT', '', { interactionEvent: 'SignIn' });
      const { status, body } = await call('POST', '/verification/verification-code', {
        interactionEvent: 'SignIn',
        identifier: identifierOf(phone),
      });
      verificationId = body.verificationId ?? '';
      return status === 200 ? 'sent' : String(body.code);
    },
    /** @returns `verified`, or the code of the refusal */
    async typeIn(phone: string, code: string): Promise<string> {
      const { status, body } = await call('POST', '/verification/verification-code/verify', {
        ...{ identifier: identifierOf(phone), verificationId, code },
      });
      return status === 200 ? 'verified' : String(body.code);
    },
  };
}
