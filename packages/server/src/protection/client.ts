import type { DeviceMark } from './devices.ts';

/** Whoever asks, as limits know them. */
export type Client = {
  /** The IP address in one spelling; empty where there is none. */
  address: string;
  /** The accounts that this browser has signed in to. */
  marks: readonly DeviceMark[];
};
