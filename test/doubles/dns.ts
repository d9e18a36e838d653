import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type Answer, decode, encode, type Packet, streamDecode, streamEncode, TRUNCATED_RESPONSE } from 'dns-packet';

/** What is answered: records, the code of an error (RFC 1035, section 4.1.1), or nothing at all. */
export type DnsReply = Answer[] | 'SERVFAIL' | 'NXDOMAIN' | 'nothing';

/** A server of DNS on loopback. */
export type DnsDouble = {
  /** As `SESAME_DNS` has it. */
  server: string;
  /** What was asked, by which transport. */
  asked: string[];
  close: () => Promise<void>;
};

const codes = { SERVFAIL: 2, NXDOMAIN: 3 };

/** Starts a server; replies to a name that is in `truncated` are cut off over UDP, and whole over TCP. */
export async function startDnsDouble(
  replies: Record<string, DnsReply>,
  truncated: readonly string[] = [],
): Promise<DnsDouble> {
  const asked: string[] = [];
  function replyTo({ id, questions = [] }: Packet, transport: 'udp' | 'tcp'): Packet | undefined {
    const [question] = questions;
    const name = `${question?.type} ${question?.name}`;
    asked.push(`${transport} ${name}`);
    const reply = replies[name] ?? 'NXDOMAIN';
    if (reply === 'nothing') return undefined;
    const isCut = transport === 'udp' && truncated.includes(name);
    const answers = typeof reply === 'string' || isCut ? [] : reply;
    const code = typeof reply === 'string' ? codes[reply] : 0;
    return { type: 'response', id: id ?? 0, flags: code | (isCut ? TRUNCATED_RESPONSE : 0), questions, answers };
  }

  const udp = createSocket('udp4', (message, { port, address }) => {
    const reply = replyTo(decode(message), 'udp');
    if (reply) udp.send(encode(reply), port, address);
  });
  const tcp = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (message) => {
      const reply = replyTo(streamDecode(message), 'tcp');
      if (reply) socket.end(streamEncode(reply));
    });
  });
  // First of TCP: what is free for UDP is often that of a client of somebody.
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo;
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  return {
    server: `127.0.0.1:${port}`,
    asked,
    close: async () => {
      udp.close();
      await new Promise((resolve) => tcp.close(resolve));
    },
  };
}
