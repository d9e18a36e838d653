import { Anchor } from '@mantine/core';
import { partsOf } from './link-parts.ts';

/** They open in another window, which learns nothing of this one. */
const elsewhere = {
  target: '_blank',
  rel: 'noopener noreferrer',
  inherit: true,
  underline: 'always',
  style: { overflowWrap: 'anywhere' },
} as const;

/** A text of a provider in which addresses are links. */
export function LinkedText({ text }: { text: string }) {
  return partsOf(text).map(({ words, href }, index) =>
    href === undefined ? (
      words
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: never moved
      <Anchor key={index} href={href} {...elsewhere}>
        {words}
      </Anchor>
    ),
  );
}
