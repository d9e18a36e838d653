import type { HookEvent } from './webhook.ts';

/** Every event that webhooks can be told of, by what it is about. */
const groups = {
  signIns: { PostRegister: true, PostSignIn: true, PostResetPassword: true, 'Identifier.Lockout': true },
  users: {
    'User.Created': true,
    'User.Data.Updated': true,
    'User.SuspensionStatus.Updated': true,
    'User.Deleted': true,
  },
  messages: {
    'Message.Delivered': true,
    'Message.Undelivered': true,
    'Message.RateLimited': true,
    'Message.FraudSuspected': true,
    'Message.BudgetReached': true,
  },
  connectors: { 'Connector.Changed': true, 'Connector.Failing': true },
  resources: { 'Scope.Created': true, 'Scope.Data.Updated': true, 'Scope.Deleted': true },
} as const;
type Group = keyof typeof groups;
type Named = { [Name in Group]: keyof (typeof groups)[Name] }[Group];

/** The groups with their events, in order. The types see to it that none is missing. */
export const eventGroups = (Object.keys(groups) as Group[]).map((name) => ({
  name,
  events: Object.keys(groups[name]) as (HookEvent extends Named ? HookEvent : never)[],
}));
