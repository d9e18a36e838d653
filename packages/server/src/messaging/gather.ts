/** A group that is small or large enough waits for more until nothing has come for so long, in milliseconds. */
const quietMs = 3;
/** So many may all be of clients that say nothing more until they are answered. */
const few = 3;
/** So many share what a group costs, so that a larger one saves little. */
const enough = 16;
/** A group waits no longer than this after its first, in milliseconds. */
const maxWaitMs = 20;
/** A group that is as large begins at once. Each may lock a message, and PostgreSQL has room for some thousands. */
const mostTogether = 200;

type Waiting<Item> = { item: Item; resolve: () => void; reject: (error: unknown) => void };

/**
 * Does things together that come close to each other. A group of few ends with a short silence, so that clients with few
 * connections, which say nothing until they are answered, need not wait for more that cannot come. What has come from
 * several stays open for longer, as they come in bursts: a group of four costs nearly as much as one of sixteen. Where a
 * group fails, each is tried alone, unless trying again makes no sense.
 * @returns does one thing; resolves when it is done
 */
export function gather<Item>(
  doTogether: (items: readonly Item[]) => Promise<void>,
  isHopeless: (error: unknown) => boolean,
): (item: Item) => Promise<void> {
  let waiting: Waiting<Item>[] = [];
  let silence: NodeJS.Timeout | undefined;
  let patience: NodeJS.Timeout | undefined;

  function begin(): void {
    clearTimeout(silence);
    clearTimeout(patience);
    silence = undefined;
    const group = waiting;
    waiting = [];
    if (group.length > 0) void run(group);
  }
  /** What a busy turn of the event loop left unread comes along. */
  const beginAfterTurn = () => void setImmediate(begin);
  const beginInSilence = () => {
    if (waiting.length <= few || waiting.length >= enough) beginAfterTurn();
  };

  async function run(group: readonly Waiting<Item>[]): Promise<void> {
    try {
      await doTogether(group.map(({ item }) => item));
      for (const { resolve } of group) resolve();
    } catch (error) {
      if (group.length === 1 || isHopeless(error)) for (const { reject } of group) reject(error);
      else for (const one of group) await run([one]);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length >= mostTogether) return begin();
      if (silence) return void silence.refresh();
      silence = setTimeout(beginInSilence, quietMs);
      patience = setTimeout(beginAfterTurn, maxWaitMs);
    });
}
