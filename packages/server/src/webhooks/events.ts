/** What webhooks can be told of: Logto's events that there are here, then our own. */
export const hookEvents = [
  'PostRegister',
  'PostSignIn',
  'PostResetPassword',
  'User.Created',
  'User.Deleted',
  'User.Data.Updated',
  'User.SuspensionStatus.Updated',
  'Scope.Created',
  'Scope.Deleted',
  'Scope.Data.Updated',
  'Identifier.Lockout',
  'Message.RateLimited',
  'Message.Delivered',
  'Message.Undelivered',
  'Message.FraudSuspected',
  'Message.BudgetReached',
  'Connector.Changed',
  'Connector.Failing',
] as const;
export type HookEvent = (typeof hookEvents)[number];

/** Events of a sign-in that came to its end. */
export const interactionEvents = {
  PostRegister: 'Register',
  PostSignIn: 'SignIn',
  PostResetPassword: 'ForgotPassword',
} as const satisfies Partial<Record<HookEvent, string>>;
export type InteractionHook = keyof typeof interactionEvents;

export const isInteractionHook = (event: string): event is InteractionHook => Object.hasOwn(interactionEvents, event);

/** Which event the end of a flow is. */
export const hookOfFlow = {
  Register: 'PostRegister',
  SignIn: 'PostSignIn',
  ForgotPassword: 'PostResetPassword',
} as const;
