import type { ChildServer } from './child-server.ts';
import type { UserAgent } from './user-agent.ts';

/** What this file asks of a server. */
type Server = Pick<ChildServer, 'publicUrl' | 'management'>;

/** Somebody who is known by a password. */
export type Person = { id: string; username: string; password: string; phone: string };

let people = 0;

/** Makes a user by the Management API. */
export async function newPerson({ management }: Server): Promise<Person> {
  people += 1;
  const fields = { username: `person_${people}`, password: 'open sesame, please', phone: `+86138001380${9 + people}` };
  const { body } = await management.post('/users', {
    username: fields.username,
    password: fields.password,
    primaryPhone: fields.phone,
    name: 'Ali Baba',
  });
  return { id: body.id, ...fields };
}

/** A call of the Experience API by a browser. @throws what the server said, unless it went well */
async function call(server: Server, browser: UserAgent, method: string, path: string, body?: object) {
  const response = await browser.send(`${server.publicUrl}/api/experience${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

/** Signs somebody in with username and password, in a browser that is at a sign-in page. @returns where to go on */
export async function signInByPassword(server: Server, browser: UserAgent, person: Person): Promise<string> {
  await call(server, browser, 'PUT', '', { interactionEvent: 'SignIn' });
  const { verificationId } = await call(server, browser, 'POST', '/verification/password', {
    identifier: { type: 'username', value: person.username },
    password: person.password,
  });
  await call(server, browser, 'POST', '/identification', { verificationId });
  return (await call(server, browser, 'POST', '/submit')).redirectTo;
}

/** Signs up, or signs in, with a code, in a browser that is at a sign-in page. @returns where to go on */
export async function goOnByCode(
  server: Server,
  browser: UserAgent,
  { event, phone }: { event: 'SignIn' | 'Register'; phone: string },
): Promise<string> {
  const identifier = { type: 'phone', value: phone };
  await call(server, browser, 'PUT', '', { interactionEvent: event });
  const sent = await call(server, browser, 'POST', '/verification/verification-code', {
    interactionEvent: event,
    identifier,
  });
  const { body } = await server.management.get(`/development-inbox?phone=${encodeURIComponent(phone)}`);
  const { verificationId } = await call(server, browser, 'POST', '/verification/verification-code/verify', {
    identifier,
    verificationId: sent.verificationId,
    code: body[0].code,
  });
  await call(server, browser, 'POST', '/identification', { verificationId });
  return (await call(server, browser, 'POST', '/submit')).redirectTo;
}
