/** A browser without a screen: it keeps cookies and follows redirects within one server. */
export type UserAgent = {
  /** One request, with the cookies that fit; redirects are left to the caller. */
  send: (url: string | URL, init?: RequestInit) => Promise<Response>;
  /** Goes to a page and on through redirects, until there is none or it leads to another origin. */
  visit: (url: string | URL, init?: RequestInit) => Promise<Visit>;
  /** Values of the cookies, by name. */
  cookies: () => Record<string, string>;
  /** Another browser that has all the cookies of this one, as a thief would. */
  copy: () => UserAgent;
};

/** Where a visit ended: the last answer, and the URL it is for or leads to. */
export type Visit = { url: URL; response: Response };

type Cookie = { name: string; value: string; path: string };

/**
 * A new browser. `origins` maps the public origin of a server to where it listens; `onSetCookie` gets every header that
 * sets a cookie.
 */
export function newUserAgent(
  origins: Record<string, string> = {},
  initial: readonly Cookie[] = [],
  onSetCookie: (header: string) => void = () => {},
): UserAgent {
  const jar = new Map(initial.map((cookie) => [`${cookie.name} ${cookie.path}`, cookie]));

  function keep(header: string, requestPath: string): void {
    const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const attribute = (wanted: string) =>
      attributes.find((text) => text.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const path = attribute('path') ?? requestPath;
    const isOver = Date.parse(attribute('expires') ?? '') < Date.now() || attribute('max-age') === '0';
    if (isOver) jar.delete(`${name} ${path}`);
    else jar.set(`${name} ${path}`, { name, value, path });
  }

  const fits = ({ path }: Cookie, pathname: string) =>
    pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);

  async function send(target: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(target);
    const cookies = [...jar.values()].filter((cookie) => fits(cookie, url.pathname));
    const headers = new Headers({ accept: 'text/html', 'user-agent': 'Test browser', ...init.headers });
    if (cookies.length > 0) headers.set('cookie', cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
    const place = new URL(`${url.pathname}${url.search}`, origins[url.origin] ?? url.origin);
    const response = await fetch(place, { ...init, headers, redirect: 'manual' });
    for (const header of response.headers.getSetCookie()) {
      keep(header, url.pathname);
      onSetCookie(header);
    }
    return response;
  }

  return {
    send,
    async visit(target, init) {
      let url = new URL(target);
      let response = await send(url, init);
      for (let count = 0; count < 10; count += 1) {
        const location = response.headers.get('location');
        if (location === null) return { url, response };
        const next = new URL(location, url);
        if (next.origin !== url.origin) return { url: next, response };
        url = next;
        response = await send(url);
      }
      throw new Error(`The redirects do not end: ${url}`);
    },
    cookies: () => Object.fromEntries([...jar.values()].map(({ name, value }) => [name, value])),
    copy: () => newUserAgent(origins, [...jar.values()]),
  };
}
