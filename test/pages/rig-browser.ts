import type { Browser } from 'playwright-core';
import { launchBrowser } from '../setup/browser.ts';
import { type Relay, startRelay } from '../setup/relay.ts';

let shared: Promise<{ browser: Browser; relay: Relay }> | undefined;

/** The Chromium of this worker for rigs. @param url where `http://sesame.localhost` leads to from now on */
export async function browserAt(url: string): Promise<Browser> {
  shared ??= launch();
  const { browser, relay } = await shared;
  relay.leadTo(url);
  return browser;
}

/** A browser learns where names lead when it starts; what is there changes with each rig. */
async function launch() {
  const relay = await startRelay();
  return { browser: await launchBrowser(`MAP sesame.localhost:80 127.0.0.1:${relay.port}`), relay };
}
