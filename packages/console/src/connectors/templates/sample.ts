import { countParts, type MessageParts, noticeWords, renderTemplate, type Variables } from '@sesame/connector-kit';
import type { CodePolicy } from './templates.ts';

/** What stands for what the server fills in. */
export const sampleVariables = ({ codeLength }: CodePolicy, locale = 'en'): Variables => ({
  ...noticeWords('phone-changed', 'user', [locale]),
  // Kept for drama and never given to anybody (Ofcom), and masked as notices have it.
  detail: '+44 ••• 23',
  code: '123456'.slice(0, codeLength),
  locale,
  application: { name: 'Acme' },
});

/** A text as a person would get it, with a code of the right length. */
export function sampleOf(content: string, policy: CodePolicy, locale = 'en'): string {
  return renderTemplate(content, sampleVariables(policy, locale));
}

/** How many SMS the text takes once the code is in. */
export const partsOf = (content: string, policy: CodePolicy): MessageParts => countParts(sampleOf(content, policy));
