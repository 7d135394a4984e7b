import {expect, test} from "vitest";
import type {Description} from "../../loaders/init/describeFolder.ts";
import {folderFor, refusedBuild} from "./exportFolder.ts";

const withFolder = folderFor("stg_deal");
const HEADER = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date\n";

interface Shape {
  stage?: string;
  name?: string;
  month?: string;
}
/** Ids `from` to `to`; all but the stage is of the record, unless another name or month is given. */
const rows = (from: number, to: number, {stage = "Proposal", name = "Deal", month = "02"}: Shape = {}) =>
  Array.from({length: to - from + 1}, (_, i) => {
    const id = from + i;
    const day = String(1 + (id % 28)).padStart(2, "0");
    return `${id},${name} ${id},${id % 2 ? stage : "Closed won"},100,2024-05-01,2024-${month}-${day} 10:00\n`;
  }).join("");
const deals = (from: number, to: number, shape?: Shape) => HEADER + rows(from, to, shape);

const loaded = ({files}: Description) => files.map(({file}) => file);
const question = ({files}: Description, of: string) =>
  files.find(({file}) => file === of)!.notes.find((note) => note.startsWith("QUESTION:")) ?? "";

test("of two exports of the same deals, of different days, the later is loaded and the other told, with what only it has", async () => {
  const content = {
    "deals-2026-11-28.csv": HEADER + rows(1, 49) + rows(51, 70),
    "deals-2026-11-02.csv": deals(1, 50, {stage: "Discovery"})
  };
  await withFolder({content}, async ({found, build, rows: ask}) => {
    expect(loaded(found)).toEqual(["deals-2026-11-28.csv"]);
    const why =
      "49 of its 50 records are in deals-2026-11-28.csv too, whose name says a later day (2026-11-28, this one 2026-11-02); both would double them; one is in the older alone, deleted since as it seems, and not loaded: 50";
    expect(found.leftOut).toEqual([{file: "deals-2026-11-02.csv", why}]);
    expect(found.text.replaceAll(/\n# +/g, " ")).toContain(`deals-2026-11-02.csv: ${why}`);
    // What only the older export knows is not asked about as a stage of today.
    expect(found.text).not.toContain("Discovery");
    await build();
    expect(await ask("select count(*)::integer as n from source.deal")).toEqual([{n: 69}]);
  });
});

test("exports of different deals are loaded together, without a question", async () => {
  const content = {"north-2026-11-02.csv": deals(1, 30), "south-2026-11-28.csv": deals(31, 70)};
  await withFolder({content}, async ({found, build, rows: ask}) => {
    expect(found.leftOut).toEqual([]);
    expect(question(found, "north-2026-11-02.csv")).toBe("");
    await build();
    expect(await ask("select count(*)::integer as n from source.deal")).toEqual([{n: 70}]);
  });
});

test("lists that each number from 1 are other records: none is left out, it is asked, and the build stops", async () => {
  const content = {
    "deals-2024-12-31.csv": deals(1, 40, {name: "EMEA", month: "01"}),
    "deals-2025-12-31.csv": deals(1, 60, {name: "US", month: "03"})
  };
  await withFolder({content}, async (folder) => {
    expect(loaded(folder.found)).toEqual(["deals-2024-12-31.csv", "deals-2025-12-31.csv"]);
    expect(question(folder.found, "deals-2024-12-31.csv")).toContain(
      "40 of the 40 shared ids have another created_at, as other records with the same numbers would; 40 of the 40 shared ids have another name"
    );
    expect(folder.found.text).toContain("QUESTION: 40 of its 40 ids are in deals-2025-12-31.csv too");
    expect(await refusedBuild(folder)).toContain("the deal occurs twice");
  });
});

test("records made on one day are told apart by their names", async () => {
  const one = (name: string, n: number) => deals(1, n, {name}).replaceAll(/2024-02-\d\d/g, "2024-02-01");
  const content = {"deals-2024-12-31.csv": one("EMEA", 40), "deals-2025-12-31.csv": one("US", 60)};
  await withFolder({content}, async ({found}) => {
    expect(loaded(found)).toHaveLength(2);
    expect(question(found, "deals-2024-12-31.csv")).toContain("40 of the 40 shared ids have another name");
  });
});

test("where nothing but ids can be compared, it is asked", async () => {
  const bare = (n: number) =>
    deals(1, n, {name: ""})
      .replaceAll(/,2024-02-\d\d 10:00/g, ",")
      .replaceAll(/, \d+,/g, ",,");
  const content = {"deals-2026-11-02.csv": bare(40), "deals-2026-11-28.csv": bare(60)};
  await withFolder({content}, async ({found}) => {
    expect(loaded(found)).toHaveLength(2);
    expect(question(found, "deals-2026-11-02.csv")).toContain("nothing but the ids can be compared");
  });
});

test("a newer export without a part of the older one's deals does not take its place", async () => {
  const content = {"deals-2026-11-01.csv": deals(1, 100), "deals-2026-11-28.csv": deals(1, 80)};
  await withFolder({content}, async ({found}) => {
    expect(found.leftOut).toEqual([]);
    expect(question(found, "deals-2026-11-01.csv")).toContain(
      "20 of its records are not in deals-2026-11-28.csv"
    );
  });
});

test("names whose day can be read in two ways, or that say the same day, decide nothing", async () => {
  const american = {"deals 11-05-2026.csv": deals(1, 60), "deals 12-04-2026.csv": deals(1, 75)};
  await withFolder({content: american}, async ({found}) => {
    expect(found.leftOut).toEqual([]);
    expect(question(found, "deals 12-04-2026.csv")).toContain("the names do not both say one day");
  });
  const sameDay = {"a-2026-11-28.csv": deals(1, 60), "b-2026-11-28.csv": deals(1, 60)};
  await withFolder({content: sameDay}, async ({found}) => {
    expect(found.leftOut).toEqual([]);
    expect(question(found, "b-2026-11-28.csv")).toContain("the names say the same day");
  });
});

test("two views of the same records with other columns are both kept, and the columns named", async () => {
  const owners = deals(1, 60).replace("Amount", "Deal owner").replaceAll(",100,", ",Ann,");
  const content = {"deals-2026-11-01.csv": deals(1, 60), "deals-2026-11-28.csv": owners};
  await withFolder({content}, async ({found}) => {
    expect(found.leftOut).toEqual([]);
    expect(question(found, "deals-2026-11-01.csv")).toContain(
      "only this one has the columns Amount; only deals-2026-11-28.csv has the columns Deal owner"
    );
  });
});

test("of three exports the newest by day is loaded, whatever their sizes and names; one without a day is asked about", async () => {
  const dated = {
    "c-2026-11-01.csv": deals(1, 60),
    "a-2026-11-15.csv": deals(1, 62),
    "b-2026-11-28.csv": deals(1, 61)
  };
  await withFolder({content: dated}, async ({found}) => {
    expect(loaded(found)).toEqual(["b-2026-11-28.csv"]);
    expect(found.leftOut.map(({file, why}) => [file, why.includes("in b-2026-11-28.csv too")])).toEqual([
      ["a-2026-11-15.csv", true],
      ["c-2026-11-01.csv", true]
    ]);
  });
  const undated = {"a-2026-11-01.csv": deals(1, 60), "b.csv": deals(1, 60), "c-2026-11-28.csv": deals(1, 60)};
  await withFolder({content: undated}, async ({found}) => {
    expect(loaded(found)).toEqual(["b.csv", "c-2026-11-28.csv"]);
    expect(found.leftOut[0]!.why).toContain("in c-2026-11-28.csv too");
    expect(question(found, "b.csv")).toContain("60 of its 60 ids are in c-2026-11-28.csv too");
  });
});
