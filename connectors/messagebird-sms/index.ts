import { defineConnector } from '@sesame/connector-kit';
import { messageBirdConfigGuard } from './config.ts';
import { metadata } from './metadata.ts';
import { send } from './send.ts';

/** Sends verification codes with the SMS API of MessageBird, which is Bird's Connectivity Platform. */
export default defineConnector({ metadata, configGuard: messageBirdConfigGuard, send });
