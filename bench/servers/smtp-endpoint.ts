import { createServer } from 'node:http';
import { SMTPServer } from 'smtp-server';

/** A mail server that takes every mail and reads it to its end: SMTP at `SMTP_PORT`, its status by HTTP at `PORT`. */
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData: (mail, _, done) => void mail.resume().once('end', () => done()),
});
server.listen(Number(process.env.SMTP_PORT), '127.0.0.1', () =>
  createServer((_, response) => response.writeHead(204).end()).listen(Number(process.env.PORT), '127.0.0.1'),
);
