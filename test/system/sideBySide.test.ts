import {setTimeout as sleep} from "node:timers/promises";
import {expect, test} from "vitest";
import {oneAtATime, sideBySide} from "../../loaders/system/sideBySide.ts";

test("never more at a time than there are lanes, begun in order, results in the order of the items", async () => {
  const begun: number[] = [];
  let [running, most] = [0, 0];
  const results = await sideBySide([30, 1, 20, 1, 1], 2, async (ms, index) => {
    begun.push(index);
    most = Math.max(most, ++running);
    await sleep(ms);
    running--;
    return index * 10;
  });
  expect(results).toEqual([0, 10, 20, 30, 40]);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
  expect(await sideBySide([], 2, async () => 1)).toEqual([]);
});

test("what fails is thrown once the other lane is done, and nothing more is begun", async () => {
  const done: number[] = [];
  const work = sideBySide([0, 1, 2, 3], 2, async (item) => {
    if (item === 0) throw new Error("first");
    await sleep(10);
    done.push(item);
  });
  await expect(work).rejects.toThrow("first");
  expect(done).toEqual([1]);
});

test("one at a time: in the order asked, also after one that fails", async () => {
  const turn = oneAtATime();
  const heard: string[] = [];
  const say = (word: string, ms: number) => turn(() => sleep(ms).then(() => heard.push(word)));
  const failing = turn(async () => {
    throw new Error("lost");
  });
  const all = [say("a", 20), say("b", 1)];
  await expect(failing).rejects.toThrow("lost");
  await Promise.all(all);
  expect(heard).toEqual(["a", "b"]);
});
