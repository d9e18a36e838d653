import {
  type ConnectorErrorData,
  type FailureKind,
  type ProviderReply,
  retryAfterSeconds,
} from '@sesame/connector-kit';
import { z } from 'zod';
import { refusals } from './refusals.ts';

/** What Aliyun answers, accepted or refused. */
export const replyGuard = z.object({
  Code: z.string().regex(/^[A-Za-z][\w.-]{0,99}$/),
  Message: z.string().catch(''),
  BizId: z.string().min(1).optional().catch(undefined),
  RequestId: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional()
    .catch(undefined),
});

/** An answer of Aliyun. */
export type AliyunReply = z.infer<typeof replyGuard>;

/**
 * What a refusal means to us. `hidden` are values that must not be repeated: Aliyun's words name the recipient when the
 * number is wrong, and hold the whole request, with the code in it, when the signature is.
 */
export function refusalOf(answer: AliyunReply, reply: ProviderReply, hidden: string[]): ConnectorErrorData {
  const [kind, advice] = refusals.get(answer.Code) ?? guess(answer.Code, reply.status);
  const words = wordsWithout(hidden, answer.Message);
  const seconds = kind === 'limit' ? (secondsOfWindow(words) ?? retryAfterSeconds(reply.headers)) : undefined;
  return {
    kind,
    message: answer.RequestId ? `${advice} (RequestId ${answer.RequestId})` : advice,
    providerCode: answer.Code,
    ...(words && { providerMessage: words }),
    status: reply.status,
    ...(seconds && { retryAfterSeconds: seconds }),
    ...(isThrottled(answer.Code) && { retry: true }),
  };
}

// Throttling is the gateway's doing, before the request reaches the SMS service: it was not processed.
function isThrottled(code: string): boolean {
  return code === 'Throttling' || code.startsWith('Throttling.');
}

function guess(code: string, status: number): readonly [FailureKind, string] {
  if (isThrottled(code)) return ['limit', 'Aliyun takes no more calls of this account for the moment.'];
  if (code.startsWith('isp.'))
    return ['unclear', "Aliyun's own service failed; the message may or may not have been sent."];
  if (code.startsWith('isv.') || (status >= 400 && status < 500)) {
    return ['configuration', `Aliyun refused the message: look up ${code} in its list of API error codes.`];
  }
  return ['unclear', 'Aliyun gave no clear answer; the message may or may not have been sent.'];
}

const windows: [RegExp, number][] = [
  [/分钟|minute/i, 60],
  [/小时|hour/i, 3_600],
  [/天|日|day|daily/i, 86_400],
];

function secondsOfWindow(words: string): number | undefined {
  return windows.find(([name]) => name.test(words))?.[1];
}

const longestWords = 300;
// Shorter values are words of everyday language (a locale, a name), and would be cut out of the middle of others.
const shortestHidden = 4;

function wordsWithout(hidden: string[], words: string): string {
  const beforeEcho = words.split(/server (?:string ?to ?sign|canonical)/i)[0] ?? '';
  return hidden
    .flatMap((value) => (/^86\d{11}$/.test(value) ? [value, value.slice(2)] : [value]))
    .filter((value) => value.length >= shortestHidden)
    .reduce((text, value) => text.replaceAll(value, '***'), beforeEcho)
    .slice(0, longestWords)
    .trim();
}
