type Money = { amount: string; currency: string };
type Attack = { country: string; refused: number; failedChecks: number; sent: number; costs: Money[]; saved: Money };

/** What an administrator sees, who signs in with a password. @throws when the server does not let them in */
export async function openConsole(url: string, credentials: { username: string; password: string }) {
  const own = { 'x-sesame-console': '1', 'content-type': 'application/json' };
  const signedIn = await fetch(`${url}/api/console/sign-in`, {
    method: 'POST',
    headers: own,
    body: JSON.stringify(credentials),
  });
  if (!signedIn.ok) throw new Error(`The sign-in to the Console was answered by ${signedIn.status}.`);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
  async function get<Body>(path: string): Promise<Body> {
    const reply = await fetch(`${url}/api${path}`, { headers: { ...own, cookie } });
    if (!reply.ok) throw new Error(`GET /api${path} was answered by ${reply.status}.`);
    return (await reply.json()) as Body;
  }
  return {
    /** The newest code to a number, as the development inbox shows it. */
    async codeTo(phone: string): Promise<string> {
      const found = await get<{ phone: string; code: string }[]>(
        `/development-inbox?phone=${encodeURIComponent(phone)}`,
      );
      return found.find((each) => each.phone === phone)?.code ?? '';
    },
    attacks: () => get<Attack[]>('/protection/attacks'),
  };
}
