export * from './config-guards.ts';
export * from './connector.ts';
export * from './connector-error.ts';
export * from './define-connector.ts';
export * from './phone.ts';
export * from './provider-request.ts';
export * from './template.ts';
