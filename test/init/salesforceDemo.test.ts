/** The public Salesforce demo through init alone: what the warehouse says is what the file says, read the plainest way. */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {sharedData} from "../support/sharedData.ts";
import {withFolder} from "./exportFolder.ts";

const folder = sharedData("salesforce-demo");

/** The file quotes nothing, so that its cells are what stands between commas. */
function records(name: string): Record<string, string>[] {
  const [header = "", ...lines] = readFileSync(join(folder!, name), "utf8")
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/);
  const names = header.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i]!, cell])));
}

const isoDay = (day: string) => day.split("/").reverse().join("-");

test.skipIf(!folder)("deals and won money by stage, and the newest day, are the file's own", async () => {
  const deals = records("Opportunity.csv");
  const cents = new Map<string, {n: number; amount: number}>();
  for (const {StageName = "", Amount = ""} of deals) {
    const {n, amount} = cents.get(StageName) ?? {n: 0, amount: 0};
    cents.set(StageName, {n: n + 1, amount: amount + Number(Amount)});
  }
  const newest = records("Opportunity History.csv").map(({CreatedDate = ""}) => isoDay(CreatedDate));
  await withFolder({exports: folder!}, async ({found, build, rows}) => {
    const manifest = await build();
    expect(manifest.as_of).toBe(newest.sort().at(-1));
    expect(
      await rows(`select stage, count(*)::integer as n, coalesce(sum(amount_deal_currency), 0)::double as amount
        from marts.deals group by 1 order by 1`)
    ).toEqual([...cents].sort(([a], [b]) => (a < b ? -1 : 1)).map(([stage, sums]) => ({stage, ...sums})));
    expect(found.text).not.toContain("is left out");
  });
});
