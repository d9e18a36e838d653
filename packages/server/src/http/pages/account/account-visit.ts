import type { FastifyRequest } from 'fastify';
import type { User } from '../../../accounts/user-record.ts';
import type { AccountCenter, AccountField } from '../../../experience/account-center.ts';
import { codeIdentifiers } from '../../../experience/methods.ts';
import { parseLocales } from '../../../locale.ts';
import type { Recipient } from '../../../messaging/recipient.ts';
import type { AccountAccess } from '../../../sign-in/account-access.ts';
import { checkMayChange } from '../../../sign-in/account-fields.ts';
import { isOf, type Reachable, recipientOf } from '../../../sign-in/user-recipients.ts';
import type { Verification } from '../../../sign-in/verification-row.ts';
import { localeWishes } from '../../locale-wishes.ts';
import { checkForm, formToken, type ReadText, reader } from '../parts/form.ts';
import { likelyCountry } from '../parts/likely-country.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { pageContext, type Visit, withParameters } from '../parts/visit.ts';

/** A request for a page about the account of whoever is signed in with this browser. */
export type AccountVisit = Visit & {
  user: User;
  access: AccountAccess;
  /** From the query of a page, or from a form. */
  text: ReadText;
  /** What users see and change of their account. */
  center: AccountCenter;
  /** The codes and passwords of this session, newest first. */
  verifications: Verification[];
};

/** Who is to sign in first, as the place to do that. */
export class SignInFirst extends Error {
  override readonly name = 'SignInFirst';
}

/**
 * The session that a page or a form is of.
 * @param fields what is to be changed there
 * @throws SignInFirst where there is none; ApiError `auth.forbidden` for a form of another session or site,
 * `account_center.*` where users cannot change this
 */
export async function openAccount(
  request: FastifyRequest,
  deps: PageDeps,
  ...fields: AccountField[]
): Promise<AccountVisit> {
  const { account, accountCenter, interactions, experience, customPhrases, platform, secretKeys, users } = deps;
  const isForm = request.method === 'POST';
  const text = reader(isForm ? request.body : request.query);
  const session = await interactions.findSession(request);
  if (!session) throw new SignInFirst();
  const { id, accountId: userId } = session;
  if (isForm) checkForm(request, deps, { id, csrf: text('csrf') });
  const access: AccountAccess = { userId, subject: `session:${id}`, scopes: undefined, client: request.client };
  const [user, policy, phrases, center, verifications] = await Promise.all([
    users.get(userId),
    experience.read(),
    customPhrases.read(),
    accountCenter.read(),
    account.verifications(access),
  ]);
  if (fields.length > 0) checkMayChange(center, undefined, ...fields);
  const uiLocales = parseLocales(text('ui_locales'));
  const wishes = { uiLocales, user, acceptLanguage: request.headers['accept-language'] };
  /** What every page of the visit goes on with. */
  const kept: Record<string, string> = uiLocales.length === 0 ? {} : { ui_locales: uiLocales.join(' ') };
  return {
    id,
    user,
    access,
    policy,
    center,
    text,
    verifications,
    context: pageContext({ policy, phrases }, { platform, ...wishes }),
    client: access.client,
    wording: { locales: localeWishes(wishes), asker: { through: 'account-page' } },
    country: likelyCountry(wishes.acceptLanguage, policy),
    redirectOrigins: [],
    url: (path, parameters = {}) => withParameters(path, { ...parameters, ...kept }),
    form: (path, hidden = {}) => ({
      action: withParameters(path, { ...hidden, ...kept }),
      hidden: { ...hidden, ...kept, csrf: formToken(secretKeys, id) },
    }),
  };
}

/**
 * Where the browser goes to sign in; `undefined` after that was in vain, so that nobody is sent round in circles, and for
 * a form, which would be lost.
 */
export function signInUrl({ query, method }: FastifyRequest, { interactions }: PageDeps): string | undefined {
  const text = reader(query);
  const isBack = text('iss') !== '' || text('error') !== '';
  if (isBack || method === 'POST') return undefined;
  return interactions.accountSignInUrl({ uiLocales: parseLocales(text('ui_locales')).join(' ') || undefined });
}

/**
 * What shows that it is really the person: a code to a number or an address of the account, or its password, while it is
 * fresh.
 * @param except the id of one that is needed for something else
 */
export const proofOfPerson = ({ verifications, user }: AccountVisit, except?: string): Verification | undefined =>
  verifications.find(
    (one) =>
      one.id !== except &&
      one.verifiedAt !== undefined &&
      (one.type === 'password' || (one.type === 'code' && isOf(one.recipient, user))),
  );

/** What of an account codes can go to now, and be sent to by something. */
export async function reachedBy(user: Reachable, { connectors }: Pick<PageDeps, 'connectors'>): Promise<Recipient[]> {
  const recipients = codeIdentifiers.flatMap((type) => recipientOf(user, type) ?? []);
  const isLive = await Promise.all(recipients.map(({ channel }) => connectors.live(channel)));
  return recipients.filter((_, index) => isLive[index] !== undefined);
}

/** The verification of a code that a page names. */
export function accountCode({
  verifications,
  text,
}: AccountVisit): Extract<Verification, { type: 'code' }> | undefined {
  const found = verifications.find(({ id }) => id === text('verification'));
  return found?.type === 'code' ? found : undefined;
}
