/** Where the time of deals goes: stays in stages as distributions, and open deals against those that were won. */
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {Survival} from "../components/charts/survival.js";
import {days} from "../components/format.js";
import {colour, stageRamp, tint} from "../components/palette.js";
import {closedIn, quantile} from "../slices/closedDeals.js";
import type {FactTable} from "../slices/facts.js";
import {selectRows} from "../slices/select.js";
import {type StageStays as Stays, stageStays} from "../slices/stageStays.js";
import type {ChosenAsOf} from "./asOf.js";
import {NO_HISTORY, openStages, pathsOf} from "./conversion.js";
import {showDeals} from "./deals.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

const YEAR = 365;

/** For each stage the share still there after so many days, stays of the two years to the day. */
export function StageStays(context: PageContext, chosen: ChosenAsOf): HTMLElement {
  const {names} = openStages(context);
  const stays = stageStays(pathsOf(context, chosen), names, chosen.day - 2 * YEAR, chosen.day);
  const rows = stays.flatMap(({stage, curve}) => curve.map((point) => ({...point, group: stage})));
  const p90 = Math.max(30, ...stays.map(({nineInTen}) => nineInTen.days ?? 0));
  const missing = "fewer have left";
  const unknown = "the band does not reach it";
  return Chart({
    title: "How long deals stay in a stage",
    subtitle:
      "Share of stays that still last after so many days, with 95% bands; stays of the two years to the day",
    rows: stays.map(({stage, n, nOpen, half, threeQuarters, nineInTen}) => ({
      ...{stage, n, nOpen},
      ...{p50: half.days, p50lo: half.lo, p50hi: half.hi},
      ...{p75: threeQuarters.days, p75lo: threeQuarters.lo, p75hi: threeQuarters.hi},
      ...{p90: nineInTen.days, p90lo: nineInTen.lo, p90hi: nineInTen.hi}
    })),
    columns: [
      {key: "stage", label: "Stage", unit: "text"},
      {key: "n", label: "Stays", unit: "count"},
      {key: "nOpen", label: "Still there", unit: "count"},
      {key: "p50", label: "Half have left", unit: "days", missing},
      {key: "p50lo", label: "95% from", unit: "days", missing: unknown},
      {key: "p50hi", label: "95% to", unit: "days", missing: unknown},
      {key: "p75", label: "Three quarters", unit: "days", missing},
      {key: "p75lo", label: "95% from", unit: "days", missing: unknown},
      {key: "p75hi", label: "95% to", unit: "days", missing: unknown},
      {key: "p90", label: "Nine in ten", unit: "days", missing},
      {key: "p90lo", label: "95% from", unit: "days", missing: unknown},
      {key: "p90hi", label: "95% to", unit: "days", missing: unknown}
    ],
    name: "days-in-stage",
    how: definitionOf(context, "days_in_stage"),
    empty: NO_HISTORY,
    note: mediansInWords(stays),
    render: (width) =>
      Survival({
        rows,
        width,
        words: "still there",
        colours: stageRamp(stays.length),
        upTo: Math.min(p90 * 1.3, 400)
      })
  });
}

/** "Half have left Demo after 9 d (95% interval 8 d to 11 d)." */
function mediansInWords(stays: readonly Stays[]): string | null {
  const parts = stays.flatMap(({stage, half: {days: middle, lo, hi}}) =>
    middle === null
      ? []
      : [`${stage} ${days(middle)}${lo === null || hi === null ? "" : ` (${days(lo)} to ${days(hi)})`}`]
  );
  return parts.length > 0 ? `Half have left, with 95% interval: ${parts.join("; ")}.` : null;
}

/** Open deals by how their age compares with the age at which deals were won. */
export function OpenAgainstWon(context: PageContext, {filters, day}: ChosenAsOf): HTMLElement {
  const deals = context.facts["deals"]!;
  const selected = selectRows(deals, filters);
  const {cycles} = closedIn(deals, selected, {from: day - 2 * YEAR + 1, to: day});
  const [p50, p75, p90] = [0.5, 0.75, 0.9].map((share) => quantile(cycles, share));
  const open = openOn(deals, selected, day);
  const bands =
    p50 === null || p75 === null || p90 === null
      ? []
      : [
          {label: `Younger than half of the won (${days(p50!)})`, from: -1, to: p50!},
          {label: `Up to three quarters (${days(p75!)})`, from: p50!, to: p75!},
          {label: `Up to nine in ten (${days(p90!)})`, from: p75!, to: p90!},
          {label: "Older than nine in ten of the won", from: p90!, to: Number.POSITIVE_INFINITY}
        ];
  const rows = bands.map(({label, from, to}) => {
    const inside = open.filter(({age}) => age > from && age <= to);
    const cents = inside.reduce((sum, {cents}) => sum + cents, 0);
    return {label, value: cents / 100, n: inside.length, deals: inside.map(({row}) => row)};
  });
  const {currency, asOf} = context.site;
  const isNow = dayIs(day, asOf);
  return Chart({
    title: "Open deals against the age at which deals were won",
    subtitle: `Open amount by age, ${currency}; won in the two years to the day`,
    rows: open.length > 0 ? rows : [],
    columns: [
      {key: "label", label: "Age", unit: "text"},
      {key: "value", label: "Open", unit: "money", currency, total: true},
      {key: "n", label: "Deals", unit: "count", total: true}
    ],
    name: "open-against-won",
    how: definitionOf(context, "age_against_won"),
    note: isNow
      ? null
      : "Amounts are of today: this page's list of deals keeps no earlier ones. Ages and outcomes are of the day chosen.",
    empty: {
      reason: "Nothing is open, or nothing was won in the two years to the day.",
      action: "Clear a filter, or choose another day."
    },
    render: (width) =>
      BarRows({
        rows: rows.map(({label, value, n}) => ({label, value, n, key: label})),
        keys: rows.map(({label}) => label),
        colours: [colour("open"), tint("open", 0.6), colour("warning"), colour("wrong")],
        width,
        unit: "money",
        currency,
        order: "given",
        ...(isNow
          ? {
              onSelect: (label: string) => {
                const band = rows.find((row) => row.label === label)!;
                showDeals(context, band.deals, {
                  title: label,
                  scope: "open on the as-of day",
                  value: band.value,
                  unit: "money"
                });
              }
            }
          : {})
      })
  });
}

/** Deals open at the end of the day, with their ages. Deals without a creation day are left out. */
function openOn(deals: FactTable, rows: readonly number[], day: number) {
  const created = deals.columns["created_on"];
  const closed = deals.columns["closed_on"];
  if (created?.kind !== "day" || closed?.kind !== "day") return [];
  const cents = (row: number) =>
    ["open_amount", "won_amount", "lost_amount"].reduce((sum, name) => {
      const column = deals.columns[name];
      return sum + (column?.kind === "cents" ? (column.values[row] ?? 0) : 0);
    }, 0);
  return rows.flatMap((row) => {
    const start = created.values[row] ?? null;
    const end = closed.values[row] ?? null;
    if (start === null || start > day || (end !== null && end <= day)) return [];
    return [{row, age: day - start, cents: cents(row)}];
  });
}

function dayIs(day: number, iso: string): boolean {
  return day === Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
}
