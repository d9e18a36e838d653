/** How many SMS a text takes, and why. Units are septets in GSM-7 and 16-bit units in UCS-2. */
export type MessageParts = {
  encoding: 'GSM-7' | 'UCS-2';
  /** An empty text takes one part, as an empty SMS does. */
  parts: number;
  unitsUsed: number;
  /** What fits in each part: less when there are several, since each then carries a header of its own. */
  unitsPerPart: number;
  /** What still fits in the last part. */
  unitsLeft: number;
  /** The first character that GSM-7 lacks; one is enough to have the whole text sent as UCS-2. */
  firstNonGsm?: string;
};

/** The basic alphabet of 3GPP TS 23.038, section 6.2.1, without the escape: one septet each. */
const basicAlphabet = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** The extension table of section 6.2.1.1: an escape and a septet, never parted. */
const extensionTable = new Set('\f^{}\\[~]|€');

/** Units in a message of one part, and in each part of a longer one: 140 octets, of which a header takes 6. */
const capacities = { 'GSM-7': { single: 160, each: 153 }, 'UCS-2': { single: 70, each: 67 } };

/**
 * Counts the SMS that a text takes. It goes out as GSM-7 where every character is in that alphabet, else as UCS-2; a
 * character of two units (an escaped one, a surrogate pair) is never split between two parts.
 * @example countParts('验证码 123456') // { encoding: 'UCS-2', parts: 1, unitsUsed: 10, firstNonGsm: '验', … }
 */
export function countParts(text: string): MessageParts {
  const characters = [...text];
  const firstNonGsm = characters.find((character) => !basicAlphabet.has(character) && !extensionTable.has(character));
  const encoding = firstNonGsm === undefined ? 'GSM-7' : 'UCS-2';
  const sizes = characters.map((character) =>
    encoding === 'UCS-2' ? character.length : extensionTable.has(character) ? 2 : 1,
  );
  const unitsUsed = sizes.reduce((sum, size) => sum + size, 0);
  const { single, each } = capacities[encoding];
  const unitsPerPart = unitsUsed <= single ? single : each;
  return {
    encoding,
    ...pack(sizes, unitsPerPart),
    unitsUsed,
    unitsPerPart,
    ...(firstNonGsm !== undefined && { firstNonGsm }),
  };
}

function pack(sizes: number[], unitsPerPart: number): { parts: number; unitsLeft: number } {
  let parts = 1;
  let unitsLeft = unitsPerPart;
  for (const size of sizes) {
    if (size > unitsLeft) {
      parts += 1;
      unitsLeft = unitsPerPart;
    }
    unitsLeft -= size;
  }
  return { parts, unitsLeft };
}
