import {describe, expect, test} from "vitest";
import {inOrder} from "../../loaders/warehouse/inOrder.ts";
import type {Model} from "../../loaders/warehouse/readModels.ts";

const model = (name: string, ...refs: string[]) => ({name, refs}) as unknown as Model;
/** Reads: c after a and b, d after c. */
const MODELS = [model("a"), model("b"), model("c", "a", "b"), model("d", "c"), model("e")];

describe("models side by side", () => {
  test("begin when those they read are done, one in a lane at a time", async () => {
    const [done, busy] = [new Set<string>(), new Set<string>()];
    let most = 0;
    const found = await inOrder(MODELS, ["first", "second"], async (lane, {name, refs}) => {
      expect(refs.every((ref) => done.has(ref))).toBe(true);
      expect(busy.has(lane)).toBe(false);
      busy.add(lane);
      most = Math.max(most, busy.size);
      await new Promise((resolve) => setTimeout(resolve, name === "a" ? 5 : 1));
      busy.delete(lane);
      done.add(name);
      return name.toUpperCase();
    });
    expect(most).toBe(2);
    expect([...found].sort().flat().join(" ")).toBe("a A b B c C d D e E");
  });

  test("stop at the first error, when what runs beside it has ended", async () => {
    const [begun, ended]: string[][] = [[], []];
    const work = inOrder(MODELS, [1, 2], async (_, {name}) => {
      begun!.push(name);
      if (name === "a") throw new Error("a fails");
      await new Promise((resolve) => setTimeout(resolve, 5));
      ended!.push(name);
    });
    await expect(work).rejects.toThrow("a fails");
    expect(begun).toEqual(["a", "b"]);
    expect(ended).toEqual(["b"]);
  });

  test("are one at a time once memory has run out, and the one that failed is done again", async () => {
    const [tries, busy]: [string[], Set<string>] = [[], new Set()];
    let isTight = false;
    const found = await inOrder(MODELS, [1, 2], async (_, {name}) => {
      expect(isTight && busy.size > 1).toBe(false);
      tries.push(name);
      busy.add(name);
      await new Promise((resolve) => setTimeout(resolve, name === "a" ? 5 : 1));
      busy.delete(name);
      if (name === "b" && !isTight) {
        isTight = true;
        throw new Error("Out of Memory Error: failed to allocate");
      }
      return name;
    });
    expect(found.size).toBe(MODELS.length);
    expect(tries.filter((name) => name === "b")).toHaveLength(2);
    await expect(
      inOrder(MODELS, [1], () => Promise.reject(new Error("Out of Memory Error")))
    ).rejects.toThrow("Out of Memory");
  });

  test("are both done again when memory runs out for two at once", async () => {
    const tries: string[] = [];
    const found = await inOrder(MODELS, [1, 2], async (_, {name}) => {
      tries.push(name);
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (tries.length <= 2) throw new Error("Out of Memory Error: failed to allocate");
    });
    expect(found.size).toBe(MODELS.length);
    expect(tries).toHaveLength(MODELS.length + 2);
  });
});
