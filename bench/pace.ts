import { setTimeout as sleep } from 'node:timers/promises';
import { type Line, openLine } from './load.ts';

/** Requests that come at their own pace, whether those before them are answered or not. */
export type Pace = {
  port: number;
  perSecond: number;
  /** The next request; `undefined` when there is none left. */
  next: () => string | undefined;
  /** Whether it is over. */
  isOver: () => boolean;
};

const everyMs = 4;

/**
 * Sends requests as fast as it is said, as providers do, over as many connections as that takes.
 * @returns how many were sent and answered, and over how many connections
 */
export async function keepPace({
  port,
  perSecond,
  next,
  isOver,
}: Pace): Promise<{ count: number; connections: number }> {
  const all: Line[] = [];
  const idle: Line[] = [];
  const underWay = new Set<Promise<void>>();
  let count = 0;
  const ask = async (text: string): Promise<void> => {
    const line = idle.pop() ?? (await open());
    await line.ask(text);
    idle.push(line);
  };
  async function open(): Promise<Line> {
    const line = await openLine(port);
    all.push(line);
    return line;
  }
  const startedAt = performance.now();
  try {
    for (let isLeft = true; isLeft && !isOver(); await sleep(everyMs)) {
      while (count < ((performance.now() - startedAt) * perSecond) / 1000) {
        const text = next();
        isLeft = text !== undefined;
        if (text === undefined) break;
        count += 1;
        const asked = ask(text);
        underWay.add(asked);
        void asked.then(() => underWay.delete(asked));
      }
    }
    await Promise.all(underWay);
    return { count, connections: all.length };
  } finally {
    for (const line of all) line.close();
  }
}
