import { defineConnector } from '@sesame/connector-kit';
import { vonageConfigGuard } from './config.ts';
import { metadata } from './metadata.ts';
import { send } from './send.ts';

/** Sends verification codes with Vonage's SMS API. */
export default defineConnector({ metadata, configGuard: vonageConfigGuard, send });
