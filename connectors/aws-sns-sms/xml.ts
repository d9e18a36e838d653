const leaf = /<([A-Za-z]+)>([^<>]*)<\/\1>/g;
const wrapper = /^<([A-Za-z]+)(?: xmlns="[^"<>]*")?>(?:\s|<\/?[A-Za-z]+\/?>)*<\/\1>$/;
const entity = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi;
const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * The texts of an XML reply of AWS by element name, where its root is `root`. AWS's replies are plain: elements without
 * attributes, each name once. Anything else, such as a document type, a comment or a second element of a name, is
 * `undefined`, so that nobody can smuggle in a reply that reads in two ways.
 */
export function readXml(text: string, root: string): Map<string, string> | undefined {
  const document = text.trim().replace(/^<\?xml [^<>]*\?>\s*/, '');
  const leaves = [...document.matchAll(leaf)];
  const texts = new Map(leaves.map(([, name = '', content = '']) => [name, decode(content)]));
  const frame = wrapper.exec(document.replace(leaf, ''));
  return frame?.[1] === root && texts.size === leaves.length ? texts : undefined;
}

function decode(content: string): string {
  return content.replace(entity, (whole, name?: string, decimal?: string, hexadecimal?: string) => {
    if (name) return named[name.toLowerCase()] ?? whole;
    const point = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
    return point <= 0x10_ffff ? String.fromCodePoint(point) : whole;
  });
}
