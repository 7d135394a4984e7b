/** Work in lanes of one process: several pieces at a time, or one at a time of a kind. */

/** Does the work of each item, at most `lanes` at a time, begun in their order; what it gave, in the order of the items. @throws what the first to fail threw, once every lane stands still */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item, index: number) => Promise<Result>
): Promise<Result[]> {
  const results: Result[] = [];
  const errors: unknown[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length && errors.length === 0) {
      const index = next++;
      try {
        results[index] = await work(items[index]!, index);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({length: Math.min(lanes, items.length)}, lane));
  if (errors.length > 0) throw errors[0];
  return results;
}

/** A mutex, told as a turnstile: work given to it is done one after the other, in the order in which it came; one that fails keeps nobody waiting. */
export function oneAtATime(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  };
}
