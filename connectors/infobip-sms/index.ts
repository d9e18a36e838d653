import { defineConnector } from '@sesame/connector-kit';
import { infobipConfigGuard } from './config.ts';
import { metadata } from './metadata.ts';
import { send } from './send.ts';

/** Sends verification codes with Infobip's SMS API, version 3. */
export default defineConnector({ metadata, configGuard: infobipConfigGuard, send });
