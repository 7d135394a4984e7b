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
const slip = (created: string, id = 9999) => `${id},Slip,Proposal,100,2024-06-01,${created} 10:00\n`;

test("one deal created next year does not move the day of all figures: file, record and column are named", async () => {
  await withFolder({content: {"deals.csv": HEADER + usual(84) + slip("2025-03-12")}}, async (folder) => {
    const told = await refusedBuild(folder);
    expect(told).toContain(
      "created_at of 9999 (record 85) is 2025-03-12, and of all others nothing happened after 2024-03-28"
    );
    expect(told).toContain('"file":"deals.csv"');
    expect(told).toMatch(/correct the date in the CRM or in the export\. .* write as_of: 2024-03-28 into/);
    expect(told).toContain("every build then stays at that day until as_of is taken out");
  });
});

test("a day that is said in workspace.yaml is not asked about, and a build says how far behind it is", async () => {
  const content = {"deals.csv": HEADER + usual(84) + slip("2025-03-12")};
  await withFolder({content, answers: "\nas_of: 2024-03-28\n"}, async ({build, notes}) => {
    expect((await build()).as_of).toBe("2024-03-28");
    expect(notes().filter((note) => note.includes("as_of"))).toEqual([
      "   as_of in workspace.yaml is 2024-03-28: all figures are of that day, 349 days before the newest event of the exports (2025-03-12), on every build until as_of is taken out"
    ]);
  });
});

test("an as_of within the last month is the firm's own business", async () => {
  const content = {"deals.csv": HEADER + usual(84)};
  await withFolder({content, answers: "\nas_of: 2024-03-12\n"}, async ({build, notes}) => {
    await build();
    expect(notes().filter((note) => note.includes("as_of"))).toEqual([]);
  });
});

test("a slip with a log of its own is one record", async () => {
  const history = Array.from({length: 6}, (_, i) => `9999,Proposal,Closed won,2034-06-0${i + 1} 10:00\n`);
  const content = {
    "deals.csv": HEADER + usual(84) + slip("2034-05-30"),
    "history.csv": `deal_id,old_stage,new_stage,changed_at\n${history.join("")}`
  };
  const log = `  - path: history.csv
    source: csv
    maps:
      - table: deal_event
        columns: {deal_id: deal_id, at: changed_at, field: {value: stage_id}, old_value: old_stage, new_value: new_stage}
    format: {timestamp: "%Y-%m-%d %H:%M"}
`;
  await withFolder(
    {content, edit: (text) => text.replace("\nfiles:\n", `\nfiles:\n${log}`)},
    async (folder) => {
      const told = await refusedBuild(folder);
      expect(told).toContain("at of 9999 (record 6, and 5 more of its moments) is 2034-06-06");
      expect(told).toContain("created_at of 9999 (record 85) is 2034-05-30");
    }
  );
});

test("six slips in six years among thousands of deals are no day of the firm", async () => {
  const slips = Array.from({length: 6}, (_, i) => slip(`203${i + 1}-04-17`, 9000 + i)).join("");
  await withFolder({content: {"deals.csv": HEADER + usual(6300) + slips}}, async (folder) => {
    expect(await refusedBuild(folder)).toContain("created_at of 9005 (record 6306) is 2036-04-17");
  });
});

test("a few deals after a quiet month of a small firm are its newest day", async () => {
  await withFolder({content: {"deals.csv": HEADER + usual(12) + slip("2024-06-12")}}, async ({build}) => {
    expect((await build()).as_of).toBe("2024-06-12");
  });
});

test("the first deal after the works holiday is the newest day", async () => {
  await withFolder({content: {"deals.csv": HEADER + usual(84) + slip("2024-04-26")}}, async ({build}) => {
    expect((await build()).as_of).toBe("2024-04-26");
  });
});

test("a firm that has paused as long before is not asked", async () => {
  const earlier = Array.from({length: 60}, (_, i) => slip(`2023-10-${10 + (i % 20)}`, 8000 + i)).join("");
  const content = {"deals.csv": HEADER + earlier + usual(84) + slip("2024-08-12")};
  await withFolder({content}, async ({build}) => {
    expect((await build()).as_of).toBe("2024-08-12");
  });
});

test("a meeting in next month's calendar is no event, and stops nothing", async () => {
  const content = {
    "deals.csv": HEADER + usual(84),
    "engagements.csv":
      "engagement_id,deal_id,hs_timestamp,type\n1,3,2024-03-20T10:00:00Z,CALL\n2,3,2024-04-23T10:00:00Z,MEETING\n3,5,2024-12-01T10:00:00Z,MEETING\n"
  };
  await withFolder({content}, async ({build}) => {
    const {as_of: asOf, files} = await build();
    expect(asOf).toBe("2024-03-28");
    expect(files.find(({file}) => file === "engagements.csv")).toMatchObject({n_loaded: 3});
  });
});

test("Salesforce's last activity may be a meeting ahead: it does not move the day", async () => {
  const opportunities = Array.from(
    {length: 60},
    (_, i) =>
      `006A0000000000${100 + i}AAA,Deal ${i},${i % 2 ? "Proposal" : "Closed Won"},100,2024-03-${10 + (i % 19)},2024-03-${10 + (i % 19)}T10:00:00.000Z,2024-0${i === 7 ? 5 : 3}-10,005000000000001AAA\n`
  ).join("");
  const content = {
    "Opportunity.csv": `Id,Name,StageName,Amount,CloseDate,CreatedDate,LastActivityDate,OwnerId\n${opportunities}`
  };
  await withFolder({content}, async ({build}) => {
    expect((await build()).as_of).toBe("2024-03-28");
  });
});
