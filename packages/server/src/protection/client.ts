import { networksOf } from './networks.ts';

/** Whose sign-in a mark is of. */
export type DeviceAccount = { type: 'user' | 'administrator'; id: string };

/** That a browser has signed in to an account. */
export type DeviceMark = DeviceAccount & {
  /** What the counters of this browser for this account are kept under; drawn anew at each sign-in. */
  device: string;
  /** When it signed in, in milliseconds since the epoch. */
  since: number;
  /** What the browser is trusted by for the second factor, where it is. */
  trust?: string;
};

/** Whoever asks, as limits know them. */
export type Client = {
  /** The IP address in one spelling; empty where there is none. */
  address: string;
  /** The accounts that this browser has signed in to. */
  marks: readonly DeviceMark[];
};

/** What whoever is signed in to an account is known by there. */
export const signedInDevice = 'signed-in';

/** Whether a user is signed in, and no page can ask for a human check. */
export const isSignedIn = ({ marks }: Client): boolean => marks.some(({ device }) => device === signedInDevice);

/** Whether the browser has signed in as a user before. */
export const hasSignedIn = ({ marks }: Client): boolean => marks.some(({ type }) => type === 'user');

/** The smallest network that the client is in, as people read it. */
export const networkOf = ({ address }: Client): string => networksOf(address)[0].name;
