import { ApiError } from '../../../errors.ts';
import type { Identifier } from '../../../experience/methods.ts';
import { codeIdentifiersFor, type SignInExperience } from '../../../experience/sign-in-experience.ts';
import type { SignInRequest } from '../../../oidc/sign-in-request.ts';
import type { FlowEvent } from '../../../store/tables/sign-ins.ts';

/** Where the pages of each event begin. */
export const pathOf = {
  SignIn: '/sign-in',
  Register: '/register',
  ForgotPassword: '/forgot-password',
} as const satisfies Record<FlowEvent, string>;

/** A page of a flow, with what its URL says beside the flow. */
type PageAt = { path: string; parameters?: Record<string, string> };

/** The page of an event that asks where a code goes, also where a password comes first. */
export const startOf = (event: FlowEvent): PageAt =>
  event === 'SignIn' ? { path: pathOf.SignIn, parameters: { by: 'code' } } : { path: pathOf[event] };

/** The pages that ask who somebody is, as the buttons name them that lead from one to another. */
export const wayTargets = {
  'sign-in': { path: pathOf.SignIn },
  code: startOf('SignIn'),
  password: { path: '/sign-in/password' },
  register: { path: pathOf.Register },
  'forgot-password': { path: pathOf.ForgotPassword },
} satisfies Record<string, PageAt>;

/** A page that a button may lead to. */
export type WayTarget = keyof typeof wayTargets;

/** Whether codes serve the event. */
export const takesCode = (event: FlowEvent, policy: SignInExperience): boolean =>
  codeIdentifiersFor(policy, event).length > 0;

/** @throws ApiError `user.sign_in_method_not_enabled` */
export function checkTakesCode(event: FlowEvent, policy: SignInExperience): void {
  if (!takesCode(event, policy)) throw new ApiError('user.sign_in_method_not_enabled');
}

/** What passwords sign in with, in the order in which it is offered. */
export const passwordIdentifiers = ({ signInMode, signIn }: SignInExperience): Identifier[] =>
  signInMode === 'Register' ? [] : signIn.methods.flatMap(({ identifier, password }) => (password ? [identifier] : []));

/** Whether people can make accounts here. */
export const signsUp = ({ signInMode, signUp }: SignInExperience): boolean =>
  signInMode !== 'SignIn' && signUp.identifiers.length > 0;

/** What an application wants the pages of an event to ask for. */
export const wishesFor = (
  event: FlowEvent,
  { signIn: { first } }: { signIn: Pick<SignInRequest, 'first'> },
): string[] => (first.event === event ? first.identifiers : []);

/** Those of the identifiers that an application wishes; all of them where it wishes none of these. */
export function wished(all: Identifier[], wishes: readonly string[]): Identifier[] {
  const some = all.filter((one) => wishes.includes(one));
  return some.length > 0 ? some : all;
}

/** Whether the first way to sign in is a password, of those that the application wishes. */
export function asksPasswordFirst({ signInMode, signIn }: SignInExperience, wishes: readonly string[] = []): boolean {
  const methods = signInMode === 'Register' ? [] : signIn.methods;
  const [likely] = wished(
    methods.map(({ identifier }) => identifier),
    wishes,
  );
  const first = methods.find(({ identifier }) => identifier === likely);
  return first?.password === true && (first.isPasswordPrimary || !first.verificationCode);
}
