/**
 * An address that somebody wrote without its scheme, with the one that was meant: `example.com/a` is
 * `https://example.com/a`, and on this machine it is http. A parser takes the port of such a host for a path:
 * `localhost:3000` has the scheme `localhost:`.
 * @returns undefined for what has a scheme, or begins with no host
 */
export function withScheme(text: string): string | undefined {
  const isHost =
    /^(\/\/|localhost(?=[:/?#]|$)|[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)+(:\d|[/?#]|$)|[\w.-]+:\d{1,5}([/?#]|$))/iu.test(
      text,
    );
  if (!isHost) return undefined;
  const bare = text.replace(/^\/\//, '');
  return `${/^(localhost|127\.0\.0\.1)(?=[:/?#]|$)/i.test(bare) ? 'http' : 'https'}://${bare}`;
}

/** What to say of such an address. @returns undefined for any other */
export function schemeMissing(text: string, { orElse = '' }: { orElse?: string } = {}): string | undefined {
  const whole = withScheme(text);
  return whole && `The scheme is missing: put ${whole.split('//')[0]}// in front${orElse}, for example ${whole}`;
}
