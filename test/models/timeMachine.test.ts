import {describe, expect, it} from "vitest";
import {type Simulation, simulateCrm, type TrueDeal} from "./simulatedCrm.ts";
import {type Built, builtFor, type Cells, withBuilt} from "./timeCase.ts";

/** What is asked of a changed log: the deals of a day. The CRMs themselves are built whole. */
const ofDeals = builtFor("int_deal_as_of");

const YEARS = [
  {seed: 1, firstDay: "2024-02-20", nDays: 60, timeZone: "Europe/Berlin", hardMerges: true},
  {seed: 2, firstDay: "2024-10-10", nDays: 60, timeZone: "America/New_York", hardMerges: true},
  {seed: 3, firstDay: "2023-12-01", nDays: 60, timeZone: "UTC", hardMerges: true},
  {seed: 4, firstDay: "2024-03-20", nDays: 60, timeZone: "Australia/Lord_Howe", hardMerges: true},
  {seed: 5, firstDay: "2024-10-20", nDays: 60, timeZone: "Asia/Kolkata", hardMerges: false}
];

describe("a pipeline rebuilt from final records and the log", () => {
  it.each(YEARS)(
    "is the true one on every day, to the cent, in deals and in the daily pipeline's sums: seed $seed, $timeZone",
    async (options) => {
      const crm = simulateCrm(options);
      await withBuilt(crm.export, async (built) => {
        for (const day of crm.days) expect(await rebuilt(built, day), day).toEqual(crm.truth.get(day));
        const daily = await built.engine.rows(
          `select day_on::varchar as day, stage_id, n_deals, open_amount::varchar as amount
         from marts.daily_pipeline where n_deals > 0 order by day, stage_id`
        );
        expect(daily).toEqual(crm.days.flatMap((day) => sums(day, crm)));
      });
    }
  );

  it("is the true one from the day the log begins, when the first half of it is lost", async () => {
    const crm = simulateCrm({...YEARS[0]!, hardMerges: false});
    const from = crm.days[30]!;
    const log = crm.export.log!.filter(({at}) => String(at) >= `${from}T00:00:00Z`);
    await ofDeals.withBuilt({...crm.export, log}, async (built) => {
      for (const day of crm.days.slice(31)) {
        const deals = await rebuilt(built, day);
        // Of a deal that closed before the log and reopened after it, nothing says when it closed.
        const undated = new Set(
          deals.flatMap((deal) => (deal.outcome !== "open" && deal.closed_on === null ? deal.deal_id : []))
        );
        expect(undated.size).toBeLessThan(deals.length / 4);
        const compared = (deal: TrueDeal) =>
          undated.has(deal.deal_id) ? {...deal, closed_on: null, amount_base: null} : deal;
        expect(deals.map(compared), day).toEqual(crm.truth.get(day)!.map(compared));
      }
    });
  });

  it("is another one when a single change is missing from the log", async () => {
    const crm = simulateCrm({...YEARS[0]!, nDays: 30});
    const visible = visibleChanges(crm);
    expect(visible.length).toBeGreaterThan(20);
    for (let n = 0; n < 6; n++) {
      const {row, day, dayBefore} = visible[Math.floor((n * visible.length) / 6)]!;
      const log = crm.export.log!.filter(
        ({id, at, field, new: to}) => !sameChange(row, {id, at, field, new: to})
      );
      const differs = await ofDeals.withBuilt({...crm.export, log}, async (built) => {
        for (const each of [dayBefore, day])
          if (JSON.stringify(await rebuilt(built, each)) !== JSON.stringify(crm.truth.get(each))) return true;
        return false;
      });
      expect(differs, JSON.stringify(row)).toBe(true);
    }
  });
});

async function rebuilt({on}: Built, day: string): Promise<TrueDeal[]> {
  return [...(await on(day)).values()].map(
    ({
      deal_id,
      pipeline_id,
      stage_id,
      outcome,
      amount,
      currency_code,
      amount_base,
      close_on,
      owner_id,
      forecast_category,
      closed_on
    }) =>
      ({
        deal_id,
        pipeline_id,
        stage_id,
        outcome,
        amount,
        currency_code,
        amount_base,
        close_on,
        owner_id,
        forecast_category,
        closed_on
      }) as TrueDeal
  );
}

/** Open deals and their amount by stage, from the truth. */
function sums(day: string, {truth}: Simulation): Cells[] {
  const byStage = new Map<string, {n: number; cents: bigint}>();
  for (const {stage_id, outcome, amount_base} of truth.get(day)!) {
    if (outcome !== "open") continue;
    const {n, cents} = byStage.get(stage_id) ?? {n: 0, cents: 0n};
    byStage.set(stage_id, {n: n + 1, cents: cents + BigInt((amount_base ?? "0").replace(".", ""))});
  }
  return [...byStage]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([stage_id, {n, cents}]) => ({
      day,
      stage_id,
      n_deals: n,
      amount: `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`
    }));
}

/** Changes that make the end of their day differ from the end of the day before, of deals there on both. */
function visibleChanges({days, truth, export: {log, deals}}: Simulation) {
  const names: Record<string, keyof TrueDeal> = {currency: "currency_code"};
  // The record keeps the time of its closing: there, a missing log entry is made good.
  const closings = new Set(deals.map(({id, closed_at}) => `${id} ${closed_at}`));
  return days.slice(1, -1).flatMap((day, index) => {
    const dayBefore = days[index]!;
    const before = new Map(truth.get(dayBefore)!.map((deal) => [deal.deal_id, deal]));
    return truth.get(day)!.flatMap((deal) => {
      const was = before.get(deal.deal_id);
      if (!was) return [];
      return log!.flatMap((row) => {
        const name = names[String(row.field)] ?? (row.field as keyof TrueDeal);
        const isLast =
          row.id === deal.deal_id && shown(row.new, name) === deal[name] && deal[name] !== was[name];
        return isLast && isOn(row, day, log!) && !closings.has(`${row.id} ${row.at}`)
          ? [{row, day, dayBefore}]
          : [];
      });
    });
  });
}

function shown(value: string | number | undefined, name: keyof TrueDeal): string | null {
  if (value === "" || value === undefined) return null;
  return name === "amount" ? Number(value).toFixed(2) : String(value);
}

/** The row is of that UTC day, around noon, and the only one of its deal and field within two days. */
function isOn(row: Cells, day: string, log: readonly Cells[]): boolean {
  const hour = Number(String(row.at).slice(11, 13));
  if (!String(row.at).startsWith(day) || hour < 6 || hour > 18) return false;
  const at = Date.parse(String(row.at));
  const near = log.filter(
    (other) =>
      other.id === row.id &&
      other.field === row.field &&
      !sameChange(row, other) &&
      Math.abs(Date.parse(String(other.at)) - at) < 2 * 86_400_000
  );
  return near.length === 0;
}

function sameChange(a: Cells, b: Cells): boolean {
  return a.id === b.id && a.at === b.at && a.field === b.field && a.new === b.new;
}
