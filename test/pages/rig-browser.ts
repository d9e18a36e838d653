import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { pipeline } from 'node:stream';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../setup/browser.ts';

/** Where `http://sesame.localhost` leads to now. */
let destination = '';
let shared: Promise<Browser> | undefined;

/** The Chromium of this worker for rigs. @param url where `http://sesame.localhost` leads to from now on */
export function browserAt(url: string): Promise<Browser> {
  destination = url;
  shared ??= launch();
  return shared;
}

/** A browser learns where names lead when it starts; what is there changes with each rig. */
async function launch(): Promise<Browser> {
  const relay = createServer((socket) => {
    const onward = connect(Number(new URL(destination).port), '127.0.0.1');
    // Connections that break are the business of both ends.
    pipeline(socket, onward, socket, () => {});
  });
  relay.listen(0, '127.0.0.1').unref();
  await once(relay, 'listening');
  return launchBrowser(`MAP sesame.localhost:80 127.0.0.1:${(relay.address() as AddressInfo).port}`);
}
