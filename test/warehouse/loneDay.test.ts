import {expect, test} from "vitest";
import {folderFor, refusedBuild} from "../init/exportFolder.ts";

const withFolder = folderFor("stg_deal");
const HEADER = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date\n";

/** Deals created on each of the first days of March 2024, three a day. */
const usual = (n: number) =>
  Array.from({length: n}, (_, i) => {
    const day = String(1 + (Math.floor(i / 3) % 28)).padStart(2, "0");
    return `${i},Deal ${i},${i % 2 ? "Proposal" : "Closed won"},100,2024-03-${day},2024-03-${day} 10:00\n`;
  }).join("");
const slip = (created: string) => `999,Slip,Proposal,100,2024-06-01,${created} 10:00\n`;

test("one deal created next year does not move the day of all figures: it is named, with the day to write", async () => {
  await withFolder({content: {"deals.csv": HEADER + usual(84) + slip("2025-03-12")}}, async (folder) => {
    const told = await refusedBuild(folder);
    expect(told).toContain("created_at of 999 is 2025-03-12, and nothing else happened after 2024-03-28");
    expect(told).toContain("as_of: 2024-03-28 into workspace.yaml");
  });
});

test("a day that is said in workspace.yaml is not asked about", async () => {
  const content = {"deals.csv": HEADER + usual(84) + slip("2025-03-12")};
  await withFolder({content, answers: "\nas_of: 2024-03-28\n"}, async ({build}) => {
    expect((await build()).as_of).toBe("2024-03-28");
  });
});

test("a few deals after a quiet month of a small firm are its newest day", async () => {
  await withFolder({content: {"deals.csv": HEADER + usual(12) + slip("2024-06-12")}}, async ({build}) => {
    expect((await build()).as_of).toBe("2024-06-12");
  });
});
