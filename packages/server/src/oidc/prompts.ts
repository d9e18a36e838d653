import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';

/** When a person has to do something before an application gets its answer. */
export function createPolicy(): interactionPolicy.DefaultPolicy {
  const { base, Prompt, Check } = interactionPolicy;
  const policy = base();
  // Sign-up, by OpenID Connect Initiating User Registration 1.0.
  policy.add(new Prompt({ name: 'create', requestable: true }), 0);
  policy
    .get('login')
    ?.checks.add(new Check('no_account', 'the account is suspended or deleted', 'login_required', isWithoutAccount));
  // `prompt=consent` is accepted: it is what applications send to get a refresh token.
  policy.get('consent')?.checks.clear();
  return policy;
}

const isWithoutAccount = ({ oidc }: KoaContextWithOIDC) => Boolean(oidc.session?.accountId) && !oidc.account;
