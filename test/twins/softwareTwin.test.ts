import {beforeAll, describe, expect, test} from "vitest";
import {type LoggedDeal, rebuildPipeline} from "./rebuildPipeline.ts";
import {cents, EXPORT_DAY, groupBy, type Row, type SmallTwin, smallTwin} from "./support.ts";

let twin: SmallTwin;
let opportunities: Row[];
let historyOf: Map<string, Row[]>;

beforeAll(async () => {
  twin = await smallTwin("software", 900, 11);
  opportunities = twin.rows("Opportunity.csv");
  historyOf = groupBy(twin.rows("OpportunityFieldHistory.csv"), "OpportunityId");
});

const byTime = (rows: readonly Row[]) =>
  [...rows].sort((a, b) => (a["CreatedDate"]! < b["CreatedDate"]! ? -1 : 1));

/** The state of a deal after each save, from field history and the present record only. */
function states(deal: Row): LoggedDeal["states"] {
  const log = byTime(historyOf.get(deal["Id"]!)!);
  const of = (field: string) => log.filter((row) => row["Field"] === field);
  const born = (field: string) => of(field)[0]?.["OldValue"] ?? deal[field]!;
  let stage = born("StageName");
  let amount = born("Amount");
  const list = [{at: deal["CreatedDate"]!, stage, cents: cents(amount)}];
  for (const row of log) {
    if (row["Field"] === "StageName") stage = row["NewValue"]!;
    else if (row["Field"] === "Amount") amount = row["NewValue"]!;
    else continue;
    list.push({at: row["CreatedDate"]!, stage, cents: cents(amount)});
  }
  return list;
}

describe("the software firm's change log", () => {
  test("rebuilds the pipeline of every day", () => {
    const deals = opportunities.map((deal) => ({currency: deal["CurrencyIsoCode"]!, states: states(deal)}));
    const rebuilt = rebuildPipeline(deals, "2022-10-01", EXPORT_DAY);
    const truth = new Map(
      twin
        .rows("truth/pipeline_daily.csv")
        .map((row) => [
          `${row["day"]} ${row["stage"]} ${row["currency"]}`,
          `${row["n_deals"]} ${row["amount"]}`
        ])
    );
    expect(truth.size).toBeGreaterThan(10_000);
    expect([...rebuilt].filter(([key, value]) => truth.get(key) !== value)).toEqual([]);
    expect(rebuilt.size).toBe(truth.size);
  });

  test("each change begins where the last one ended, and ends at the present record", () => {
    const present: Record<string, string> = {
      StageName: "StageName",
      Amount: "Amount",
      CloseDate: "CloseDate",
      ForecastCategoryName: "ForecastCategoryName",
      Owner: "OwnerId"
    };
    const broken: string[] = [];
    for (const deal of opportunities)
      for (const [field, column] of Object.entries(present)) {
        const rows = byTime(historyOf.get(deal["Id"]!)!).filter(
          (row) => row["Field"] === field && (field !== "Owner" || row["NewValue"]!.startsWith("005"))
        );
        for (const [i, row] of rows.entries())
          if (i > 0 && row["OldValue"] !== rows[i - 1]!["NewValue"])
            broken.push(`${deal["Id"]} ${field} ${i}`);
        const last = rows.at(-1);
        if (last && last["NewValue"] !== deal[column]) broken.push(`${deal["Id"]} ${field} end`);
      }
    expect(broken).toEqual([]);
  });

  test("opportunity history has the same states as field history", () => {
    const rows = groupBy(twin.rows("OpportunityHistory.csv"), "OpportunityId");
    for (const deal of opportunities) {
      const last = byTime(rows.get(deal["Id"]!)!).at(-1)!;
      for (const column of ["StageName", "Amount", "CloseDate", "Probability", "ForecastCategory"])
        expect(last[column], `${deal["Id"]} ${column}`).toBe(deal[column]);
    }
  });

  test("times are UTC and none is after the export", () => {
    const times = twin.rows("OpportunityFieldHistory.csv").map((row) => row["CreatedDate"]!);
    expect(times.filter((time) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/.test(time))).toEqual([]);
    expect(times.filter((time) => time > `${EXPORT_DAY}T24`)).toEqual([]);
  });
});

describe("the software firm's deals", () => {
  test("there are as many as asked for, each once", () => {
    expect(new Set(opportunities.map((deal) => deal["Id"])).size).toBe(900);
  });

  test("closed deals say so and closed on the day they were closed", () => {
    for (const deal of opportunities) {
      expect(deal["IsClosed"]).toBe(String(deal["StageName"]!.startsWith("Closed")));
      expect(deal["IsWon"]).toBe(String(deal["StageName"] === "Closed Won"));
      if (deal["IsClosed"] === "true")
        expect(deal["LastStageChangeDate"]!.slice(0, 10)).toBe(deal["CloseDate"]);
    }
  });

  test("line items sum to the amount, to the cent", () => {
    const lines = groupBy(twin.rows("OpportunityLineItem.csv"), "OpportunityId");
    for (const deal of opportunities) {
      expect(lines.has(deal["Id"]!)).toBe(deal["HasOpportunityLineItem"] === "true");
      if (!lines.has(deal["Id"]!)) continue;
      const total = lines.get(deal["Id"]!)!.reduce((sum, line) => sum + cents(line["TotalPrice"]!)!, 0);
      // A lost deal may carry an estimate that was typed over the lines only before it had any.
      expect(total, deal["Id"]).toBe(cents(deal["Amount"]!));
    }
    expect(opportunities.filter((deal) => deal["IsWon"] === "true" && !lines.has(deal["Id"]!))).toEqual([]);
  });

  test("every id that is named exists", () => {
    const ids = (file: string) => new Set(twin.rows(file).map((row) => row["Id"]!));
    const [accounts, users, campaigns] = [ids("Account.csv"), ids("User.csv"), ids("Campaign.csv")];
    for (const deal of opportunities) {
      expect(accounts.has(deal["AccountId"]!)).toBe(true);
      expect(users.has(deal["OwnerId"]!)).toBe(true);
      if (deal["CampaignId"]) expect(campaigns.has(deal["CampaignId"])).toBe(true);
      if (deal["PartnerAccountId"]) expect(accounts.has(deal["PartnerAccountId"])).toBe(true);
    }
  });

  test("a currency has a rate on every day of the CRM", () => {
    for (const [currency, rates] of groupBy(twin.rows("DatedConversionRate.csv"), "IsoCode")) {
      expect(rates[0]!["StartDate"]! <= "2022-10-01", currency).toBe(true);
      expect(rates.at(-1)!["NextStartDate"]! > EXPORT_DAY, currency).toBe(true);
      for (const [i, rate] of rates.entries())
        if (i > 0) expect(rate["StartDate"]).toBe(rates[i - 1]!["NextStartDate"]);
    }
  });

  test("are won at plausible rates by type, after plausible times", () => {
    const rate = (type: string) => {
      const closed = opportunities.filter((deal) => deal["Type"] === type && deal["IsClosed"] === "true");
      expect(closed.length).toBeGreaterThan(50);
      return closed.filter((deal) => deal["IsWon"] === "true").length / closed.length;
    };
    expect(rate("New")).toBeGreaterThan(0.15);
    expect(rate("New")).toBeLessThan(0.35);
    expect(rate("Expansion")).toBeGreaterThan(rate("New"));
    expect(rate("Renewal")).toBeGreaterThan(0.65);
    expect(rate("Renewal")).toBeLessThan(0.92);
    const cycles = opportunities
      .filter((deal) => deal["Type"] === "New" && deal["IsWon"] === "true")
      .map((deal) => (Date.parse(deal["CloseDate"]!) - Date.parse(deal["CreatedDate"]!)) / 86_400_000)
      .sort((a, b) => a - b);
    const median = cycles[Math.floor(cycles.length / 2)]!;
    expect(median).toBeGreaterThan(35);
    expect(median).toBeLessThan(120);
  });
});
