import { defineConnector } from '@sesame/connector-kit';
import { plivoConfigGuard } from './config.ts';
import { metadata } from './metadata.ts';
import { send } from './send.ts';

/** Sends verification codes with Plivo's Message API (v1). */
export default defineConnector({ metadata, configGuard: plivoConfigGuard, send });
