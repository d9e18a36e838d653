/** An email address, taken apart. */
export type ParsedEmail = {
  /** As it was typed; the domain in lower case and in ASCII (Punycode). */
  address: string;
  /** What two spellings of one address have in common: the address in lower case. */
  key: string;
  /** In lower case and in ASCII. */
  domain: string;
};

/** RFC 5321, section 4.5.3.1: a path of 256 bytes has its angle brackets. */
const longestAddress = 254;
const longestLocalPart = 64;
/** Atoms of RFC 5322, section 3.2.3, with single dots between them; addresses in quotes and beyond ASCII are not taken. */
const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
/** Labels of RFC 1035; the last one is no number, so that IP addresses are no domains. */
const domainName = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?!\d+$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])$/;

/**
 * Reads an address as people type and paste it: with spaces around it, after `mailto:`, with a domain in any script.
 * @returns undefined for what is no address that mail can be sent to
 */
export function parseEmail(text: string): ParsedEmail | undefined {
  const typed = text
    .normalize('NFKC')
    .trim()
    .replace(/^mailto:/i, '');
  const at = typed.lastIndexOf('@');
  const local = typed.slice(0, Math.max(at, 0));
  const domain = toAscii(typed.slice(at + 1));
  if (local.length > longestLocalPart || !localPart.test(local) || !domainName.test(domain)) return undefined;
  const address = `${local}@${domain}`;
  return address.length > longestAddress ? undefined : { address, key: address.toLowerCase(), domain };
}

/** A domain as the URL Standard writes it: https://url.spec.whatwg.org/#concept-domain-to-ascii. Empty for none. */
function toAscii(domain: string): string {
  const address = `http://${domain}`;
  return /[\s/\\?#:@%[\]]/.test(domain) || !URL.canParse(address) ? '' : new URL(address).hostname;
}
