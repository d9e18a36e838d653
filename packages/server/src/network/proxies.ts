/** Through which proxies requests go out, as the environment says it; see `http.Agent` of Node for what they mean. */
export type Proxies = { [name in (typeof names)[number]]?: string | undefined };

const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'] as const;

/** The proxies that the variables name. An empty one counts as absent. */
export function proxiesOf(variables: Readonly<Record<string, string | undefined>>): Proxies {
  return Object.fromEntries(names.flatMap((name) => (variables[name]?.trim() ? [[name, variables[name].trim()]] : [])));
}

/** The name of a variable that names no proxy; Node would go without one. */
export function wrongProxyOf(proxies: Proxies): string | undefined {
  return names.find((name) => !/^no_proxy$/i.test(name) && proxies[name] !== undefined && !isProxy(proxies[name]));
}

function isProxy(text: string): boolean {
  const url = /^https?:\/\/[^/]/.test(text) && URL.parse(text);
  return url ? canDecode(url.username) && canDecode(url.password) : false;
}

/** Node decodes them for each request, and fails it where a percent sign is none of an encoding. */
function canDecode(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
