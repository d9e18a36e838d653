/** A group that is small or large enough waits for more until nothing has come for so long, in milliseconds. */
const quietMs = 3;
/** So many clients may all say nothing more until they are answered. */
const few = 3;
/** So many share what a group costs, so that a larger one saves little. */
const enough = 16;
/** A group waits no longer than this after its first, in milliseconds. */
const maxWaitMs = 20;
/** A group that is as large begins at once. Each may lock a message, and PostgreSQL has room for some thousands. */
const mostTogether = 200;

type Waiting<Item> = { item: Item; resolve: () => void; reject: (error: unknown) => void };

/**
 * Does things together that come close to each other. A group of few clients ends with a short silence: they wait for
 * their answers and bring no more. One of several waits for more, which come in bursts: sixteen things cost hardly more
 * than four. Where a group fails, each thing is tried alone, unless trying again makes no sense.
 * @returns does what one client brings; resolves when it is done
 */
export function gather<Item>(
  doTogether: (items: readonly Item[]) => Promise<void>,
  isHopeless: (error: unknown) => boolean,
): (items: readonly Item[]) => Promise<void> {
  let waiting: Waiting<Item>[] = [];
  let clients = 0;
  let silence: NodeJS.Timeout | undefined;
  let patience: NodeJS.Timeout | undefined;

  function begin(): void {
    clearTimeout(silence);
    clearTimeout(patience);
    silence = undefined;
    const group = waiting;
    waiting = [];
    clients = 0;
    if (group.length > 0) void run(group);
  }
  /** What a busy turn of the event loop left unread comes along. */
  const beginAfterTurn = () => void setImmediate(begin);
  const beginInSilence = () => {
    if (clients <= few || waiting.length >= enough) beginAfterTurn();
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

  const put = (item: Item) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length >= mostTogether) begin();
    });

  return async (items) => {
    const done = Promise.all(items.map(put));
    if (items.length > 0 && waiting.length > 0) {
      clients += 1;
      if (silence) silence.refresh();
      else {
        silence = setTimeout(beginInSilence, quietMs);
        patience = setTimeout(beginAfterTurn, maxWaitMs);
      }
    }
    await done;
  };
}
