import { Anchor } from '@mantine/core';
import { partsOf } from './link-parts.ts';

/** A text of a provider in which addresses are links. They open in another window, which learns nothing of this one. */
export function LinkedText({ text }: { text: string }) {
  return partsOf(text).map(({ words, href }, index) =>
    href === undefined ? (
      words
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: never moved
      <Anchor
        key={index}
        href={href}
        target="_blank"
        rel="noopener noreferrer"
        inherit
        underline="always"
        style={{ overflowWrap: 'anywhere' }}
      >
        {words}
      </Anchor>
    ),
  );
}
