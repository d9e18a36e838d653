/** Nothing is loaded from anywhere, and no script runs; images are those that the mail itself holds. */
const policyOfMails = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** Where the style of an element is meanwhile. */
const styleKept = 'data-mail-style';

/** What the browser may already parse under the policy of the Console: sheets with its nonce, and no styles beside them. */
const withOwnStyles = (html: string, nonce: string): string =>
  html
    .replaceAll(/<[a-z][^>]*>/gi, (tag) => tag.replaceAll(/\sstyle\s*=/gi, ` ${styleKept}=`))
    .replaceAll(/<style\b/gi, `<style nonce="${nonce}"`);

/**
 * A mail as a document of its own, light or dark whatever the device prefers. The policy of the Console takes no style
 * without its nonce, so that styles of single elements move into a sheet that has it.
 */
export function mailDocument(
  html: string,
  { nonce, colorScheme }: { nonce: string; colorScheme: 'light' | 'dark' },
): string {
  const parsed = new DOMParser().parseFromString(withOwnStyles(html, nonce), 'text/html');
  const { head, body } = parsed;
  for (const element of parsed.querySelectorAll('script, meta, base, link, iframe, object, embed')) element.remove();
  const rules = [...parsed.querySelectorAll<HTMLElement>(`[${styleKept}]`)].map((element, index) => {
    const style = element.getAttribute(styleKept) ?? '';
    element.removeAttribute(styleKept);
    element.classList.add(`mail-${index}`);
    // Stronger than what the sheet of the mail says of elements, as the attribute was, but for what it calls important.
    return `${`.mail-${index}`.repeat(4)}{${style.replaceAll(/[{}]/g, '')}}`;
  });
  const always = colorScheme === 'dark' ? '(min-width: 0)' : '(max-width: 0)';
  for (const sheet of parsed.querySelectorAll('style')) {
    sheet.textContent = (sheet.textContent ?? '').replaceAll(/\(prefers-color-scheme:\s*dark\)/g, always);
  }
  const own = parsed.createElement('style');
  own.setAttribute('nonce', nonce);
  own.textContent = [`:root{color-scheme:${colorScheme}}`, ...rules].join('\n');
  head.append(own);
  const policy = parsed.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = policyOfMails;
  head.prepend(policy);
  for (const link of body.querySelectorAll('a[href], form')) link.removeAttribute('href');
  return `<!doctype html>${parsed.documentElement.outerHTML}`;
}
