import { defineConnector } from '@sesame/connector-kit';
import { snsConfigGuard } from './config.ts';
import { metadata } from './metadata.ts';
import { send } from './send.ts';

/** Sends verification codes with Amazon Simple Notification Service (API 2010-03-31, action Publish). */
export default defineConnector({ metadata, configGuard: snsConfigGuard, send });
