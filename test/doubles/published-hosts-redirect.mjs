// Preloaded into a server under test: every connection that would leave this machine ends at the double of the
// providers' hosts, in plain HTTP in the place of TLS. What is not TLS does not get out at all.
import net from 'node:net';
import tls from 'node:tls';

const port = Number(process.env.TEST_HOSTS_PORT);
/** Where the mail server is said to be on this machine. */
const saidOfMail = 2525;
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function connectInside(...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  const host = typeof options === 'object' ? options.host : args[1];
  const isPipe = typeof options === 'object' ? options.path !== undefined : typeof options === 'string';
  if (!isPipe && host !== undefined && !loopback.test(host)) throw new Error(`No traffic leaves this machine: ${host}`);
  if (options?.port === saidOfMail) options.port = Number(process.env.TEST_SMTP_PORT);
  return connect.apply(this, args);
};

tls.connect = () => {
  const socket = net.connect({ host: '127.0.0.1', port });
  return socket.once('connect', () => socket.emit('secureConnect'));
};
