import { countParts, type MessageParts, renderTemplate } from '@sesame/connector-kit';
import type { CodePolicy } from './templates.ts';

/** A text as a person would get it, with a code of the right length. */
export function sampleOf(content: string, { codeLength }: CodePolicy, locale = 'en'): string {
  return renderTemplate(content, { code: '123456'.slice(0, codeLength), locale, application: { name: 'Acme' } });
}

/** How many SMS the text takes once the code is in. */
export const partsOf = (content: string, policy: CodePolicy): MessageParts => countParts(sampleOf(content, policy));
