import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { contextClasses, mayRestOn, twoFactors } from '../accounts/authentication-methods.ts';
import { askedContext } from './asked-context.ts';
import type { MayComeSecond } from './configuration.ts';

/** The reason for which somebody who is signed in gives a second factor. */
const context = 'authentication_context';

/** When a person has to do something before an application gets its answer. */
export function createPolicy(mayComeSecond: MayComeSecond): interactionPolicy.DefaultPolicy {
  const { base, Prompt, Check } = interactionPolicy;
  const policy = base();
  // Sign-up, by OpenID Connect Initiating User Registration 1.0.
  policy.add(new Prompt({ name: 'create', requestable: true }), 0);
  const login = policy.get('login');
  login?.checks.add(new Check('no_account', 'the account is suspended or deleted', 'login_required', isWithoutAccount));
  // Ours asks for nothing that somebody cannot give.
  login?.checks.remove('essential_acrs');
  login?.checks.remove('essential_acr');
  const isWanting = (ctx: KoaContextWithOIDC) => lacksContext(ctx, mayComeSecond);
  login?.checks.add(new Check(context, 'a second factor is asked for', 'login_required', isWanting));
  // `prompt=consent` is accepted: it is what applications send to get a refresh token.
  policy.get('consent')?.checks.clear();
  return policy;
}

const isWithoutAccount = ({ oidc }: KoaContextWithOIDC) => Boolean(oidc.session?.accountId) && !oidc.account;

/**
 * Whether somebody is to give a second factor that the application asks for. A wish is passed over where it cannot be met,
 * and where nobody may be asked, or just was.
 * @throws errors.UnmetAuthenticationRequirements where what is essential cannot be met
 */
async function lacksContext({ oidc }: KoaContextWithOIDC, mayComeSecond: MayComeSecond): Promise<boolean> {
  const { values, isEssential } = askedContext(oidc.params ?? {});
  const { session, account, result } = oidc;
  if (values.length === 0 || values.some((value) => value === session?.acr)) return false;
  const isKnown = contextClasses.some((one) => values.includes(one));
  const unmet = () => new errors.UnmetAuthenticationRequirements('none of the requested acr values can be met');
  if (isEssential && !isKnown) throw unmet();
  if (!session?.accountId || !account) return false;
  const isWished = !oidc.promptPending('none') && !result?.login;
  const mayMeet = values.includes(twoFactors) && (await mayComeSecond(session.accountId)).length > 0;
  if (isEssential && !mayMeet) throw unmet();
  return mayMeet && (isEssential || isWished);
}

type Session = KoaContextWithOIDC['oidc']['session'];

/**
 * Whether a second factor is all that somebody is asked for who is signed in.
 * @returns the session; undefined where nothing says what it rests on, or it rests on something that would come second
 */
export async function asksSecondFactorAlone(
  { name, reasons }: { name: string; reasons: string[] },
  session: Session,
  mayComeSecond: MayComeSecond,
): Promise<{ accountId: string; id: string } | undefined> {
  const { accountId, uid, amr } = session ?? {};
  const isAlone = name === 'login' && reasons.every((reason) => reason === context);
  if (!isAlone || accountId === undefined || uid === undefined || !amr) return undefined;
  const second = await mayComeSecond(accountId);
  return second.some((factor) => mayRestOn(amr, factor)) ? undefined : { accountId, id: uid };
}
