import {expect, test} from "vitest";
import {dayIn} from "../../loaders/init/repeatedExports.ts";
import {folderFor} from "./exportFolder.ts";

const withFolder = folderFor("stg_deal");

const deals = (ids: readonly number[], stage = "Proposal") =>
  `Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date\n${ids
    .map((id) => `${id},Deal ${id},${id % 2 ? stage : "Closed won"},100,2024-05-01,2024-02-01 10:00`)
    .join("\n")}\n`;

test("the day in a file's name, however it is written", () => {
  expect(dayIn("hubspot-deals-2026-11-28.csv")).toBe("2026-11-28");
  expect(dayIn("export_20261128_0930.csv")).toBe("2026-11-28");
  expect(dayIn("Deals 28.11.2026.csv")).toBe("2026-11-28");
  expect(dayIn("deals-30112233445.csv")).toBeUndefined();
  expect(dayIn("deals 2026.csv")).toBeUndefined();
});

test("of two exports of the same deals, of different days, the later is loaded and the other told", async () => {
  const content = {
    "deals-2026-11-28.csv": deals([1, 2, 3, 4, 6]),
    "deals-2026-11-02.csv": deals([1, 2, 3, 4, 5], "Discovery")
  };
  await withFolder({content}, async ({found, build, rows}) => {
    expect(found.files.map(({file}) => file)).toEqual(["deals-2026-11-28.csv"]);
    expect(found.leftOut).toEqual([
      {
        file: "deals-2026-11-02.csv",
        why: "4 of its 5 records are in deals-2026-11-28.csv too, whose name says a later day; both would double them"
      }
    ]);
    // What only the older export knows is not asked about as a stage of today.
    expect(found.text).not.toContain("Discovery");
    await build();
    expect(await rows("select count(*)::integer as n from source.deal")).toEqual([{n: 5}]);
  });
});

test("exports of different deals are loaded together", async () => {
  const content = {"north.csv": deals([1, 2, 3]), "south.csv": deals([3, 4, 5, 6, 7])};
  await withFolder({content}, async ({found}) => {
    expect(found.files.map(({file}) => file)).toEqual(["north.csv", "south.csv"]);
    expect(found.leftOut).toEqual([]);
  });
});
