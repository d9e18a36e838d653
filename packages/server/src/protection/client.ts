import type { DeviceMark } from './devices.ts';
import { networksOf } from './networks.ts';

/** Whoever asks, as limits know them. */
export type Client = {
  /** The IP address in one spelling; empty where there is none. */
  address: string;
  /** The accounts that this browser has signed in to. */
  marks: readonly DeviceMark[];
};

/** The smallest network that the client is in, as people read it. */
export const networkOf = ({ address }: Client): string => networksOf(address)[0].name;
