import { useEffect, useRef, useState } from 'react';
import { useStored } from '../lists/use-stored.ts';
import type { InboxMessage } from './inbox-api.ts';

/** How the arrival of a message is told. */
export const arrivalSigns = ['badge', 'sound', 'both', 'none'] as const;
export type ArrivalSign = (typeof arrivalSigns)[number];

const isSign = (value: unknown): value is ArrivalSign => arrivalSigns.some((sign) => sign === value);

/** How arrivals are told; remembered by the browser. */
export const useArrivalSign = () => useStored<ArrivalSign>('sesame.inbox.arrival', 'badge', isSign);

/**
 * Tells of messages that arrive: with a sound, and with how many came while the window was not looked at.
 * @returns that number; 0 where it is not to be shown
 */
export function useArrivals(messages: readonly InboxMessage[] | null | undefined, sign: ArrivalSign): number {
  const [unseen, setUnseen] = useState(0);
  const known = useRef<Set<string>>(null);
  useEffect(() => {
    if (!messages) return;
    const before = known.current;
    known.current = new Set(messages.map(({ id }) => id));
    if (!before) return;
    const arrived = messages.filter(({ id }) => !before.has(id)).length;
    if (arrived === 0) return;
    if (document.hidden || !document.hasFocus()) setUnseen((count) => count + arrived);
    if (sign === 'sound' || sign === 'both') playSound();
  }, [messages, sign]);
  useEffect(() => {
    const see = () => {
      if (!document.hidden) setUnseen(0);
    };
    document.addEventListener('visibilitychange', see);
    window.addEventListener('focus', see);
    return () => {
      document.removeEventListener('visibilitychange', see);
      window.removeEventListener('focus', see);
    };
  }, []);
  return sign === 'badge' || sign === 'both' ? unseen : 0;
}

/** Two short tones; silent where the browser lets no page make a sound before it was touched. */
export function playSound(): void {
  const audio = new AudioContext();
  const loudness = new GainNode(audio, { gain: 0.08 });
  loudness.connect(audio.destination);
  for (const [index, frequency] of [660, 880].entries()) {
    const tone = new OscillatorNode(audio, { frequency });
    tone.connect(loudness);
    tone.start(audio.currentTime + index * 0.12);
    tone.stop(audio.currentTime + index * 0.12 + 0.1);
  }
  setTimeout(() => void audio.close(), 1000);
}
