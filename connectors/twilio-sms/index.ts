import { defineConnector } from '@sesame/connector-kit';
import { twilioConfigGuard } from './config.ts';
import { metadata } from './metadata.ts';
import { send } from './send.ts';

/** Sends verification codes with Twilio's Messages API (2010-04-01). */
export default defineConnector({ metadata, configGuard: twilioConfigGuard, send });
