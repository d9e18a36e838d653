/** What comes within this time of the last group goes with the next, in milliseconds. */
const pauseMs = 20;
/** A group that is as large begins at once. Each may lock a message, and PostgreSQL has room for some thousands. */
const mostTogether = 200;

type Waiting<Item> = { item: Item; resolve: () => void; reject: (error: unknown) => void };

/**
 * Does things together that come close to each other: the first at once, with all of its turn of the event loop; what
 * comes soon after it waits a little for more. Where a group fails, each is tried alone, unless trying again makes no sense.
 * @returns does one thing; resolves when it is done
 */
export function gather<Item>(
  doTogether: (items: readonly Item[]) => Promise<void>,
  isHopeless: (error: unknown) => boolean,
): (item: Item) => Promise<void> {
  const waiting: Waiting<Item>[] = [];
  let isPaused = false;

  function begin(): void {
    const group = waiting.splice(0, mostTogether);
    if (group.length > 0) void run(group);
  }

  function endPause(): void {
    isPaused = false;
    if (waiting.length > 0) pauseAfterGroup();
  }

  function pauseAfterGroup(): void {
    isPaused = true;
    begin();
    setTimeout(endPause, pauseMs);
  }

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
      if (waiting.length >= mostTogether) begin();
      else if (!isPaused) {
        isPaused = true;
        setImmediate(pauseAfterGroup);
      }
    });
}
