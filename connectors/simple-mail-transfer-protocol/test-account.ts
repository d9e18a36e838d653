import { createTestSender, testTemplates } from '@sesame/connector-kit/connector-test';
import create from './index.ts';

/** A configuration apart from the port. */
export const config = {
  host: '127.0.0.1',
  auth: {},
  fromEmail: 'Sesame <codes@example.com>',
  templates: testTemplates('<p>Code: <b>918273</b></p>').map((template) => ({
    ...template,
    subject: '{{code}} is your code',
    contentType: 'text/html',
  })),
};

export const recipient = 'jo@example.com';

const send = createTestSender({ create, config, recipient });

/** Sends a sign-in code to the server at this port, with changes to the configuration and the message. */
export const sendTo = (port: number, changes: object = {}, data: Parameters<typeof send>[2] = {}) =>
  send('', { port, ...changes }, data);
