/** The parts of the sign-in experience, in their order. */
export const tabs = ['brand', 'css', 'ways', 'passwords', 'content', 'texts', 'codes'] as const;
export type Tab = (typeof tabs)[number];
