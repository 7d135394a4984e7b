/** Where the time of deals goes: stays in stages as distributions, and open deals against those that were won. */
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {Survival} from "../components/charts/survival.js";
import {days} from "../components/format.js";
import {colour, stageRamp, tint} from "../components/palette.js";
import type {AgeBand, VelocityFigures} from "../figures/velocity.js";
import {stated} from "../slices/evaluate.js";
import type {StageStays as Stays} from "../slices/stageStays.js";
import type {ChosenAsOf} from "./asOf.js";
import {noHistory} from "./conversion.js";
import {showDeals} from "./deals.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

/** For each stage the share still there after so many days, stays of the two years to the day. */
export function StageStays(context: PageContext, {stays}: VelocityFigures): HTMLElement {
  const rows = stays.flatMap(({stage, curve}) => curve.map((point) => ({...point, group: stage})));
  const p90 = Math.max(30, ...stays.map(({nineInTen}) => nineInTen.days ?? 0));
  const missing = "fewer have left";
  const unknown = "the band does not reach it";
  return Chart({
    title: "How long deals stay in a stage",
    subtitle:
      "Share of deals still in the stage after so many days, with 95% bands; stays of the last two years",
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
      {key: "p50", label: "Median", unit: "days", missing},
      {key: "p50lo", label: "95% from", unit: "days", missing: unknown},
      {key: "p50hi", label: "95% to", unit: "days", missing: unknown},
      {key: "p75", label: "75% have left", unit: "days", missing},
      {key: "p75lo", label: "95% from", unit: "days", missing: unknown},
      {key: "p75hi", label: "95% to", unit: "days", missing: unknown},
      {key: "p90", label: "90% have left", unit: "days", missing},
      {key: "p90lo", label: "95% from", unit: "days", missing: unknown},
      {key: "p90hi", label: "95% to", unit: "days", missing: unknown}
    ],
    name: "days-in-stage",
    how: definitionOf(context, "days_in_stage"),
    empty: noHistory(context.site),
    note: mediansInWords(stays),
    render: (width) =>
      Survival({
        rows,
        width,
        words: "still there",
        atRisk: "Still there",
        colours: stageRamp(stays.length),
        upTo: Math.min(p90 * 1.3, 400)
      })
  });
}

/** "Median days in stage, with 95% interval: Demo 9 d (8 d to 11 d)"; open at the top where the band does not come down to half. */
export function mediansInWords(stays: readonly Pick<Stays, "stage" | "half">[]): string | null {
  const range = ({lo, hi}: Stays["half"]) =>
    lo === null ? "" : hi === null ? ` (${days(lo)} or more)` : ` (${days(lo)} to ${days(hi)})`;
  const parts = stays.map(({stage, half}) =>
    half.days === null
      ? `${stage} not known, fewer than half have left`
      : `${stage} ${days(half.days)}${range(half)}`
  );
  return parts.length > 0 ? `Median days in stage, with 95% interval: ${parts.join("; ")}.` : null;
}

const BANDS: Record<AgeBand["kind"], (bound: number) => string> = {
  "younger than half": (bound) => `Up to ${days(bound)}: half were won by then`,
  "to three quarters": (bound) => `Up to ${days(bound)}: three in four were`,
  "to nine in ten": (bound) => `Up to ${days(bound)}: nine in ten were`,
  older: (bound) => `Over ${days(bound)}: older than nine in ten`
};

/** Open deals by how their age compares with the age at which deals were won. */
export function OpenAgainstWon(
  context: PageContext,
  {day}: ChosenAsOf,
  {bands}: VelocityFigures
): HTMLElement {
  const rows = bands.map(({kind, days, cents, deals}) => ({
    ...{label: BANDS[kind](days), value: stated(cents / 100, deals.n), n: deals.n, deals}
  }));
  const {currency, asOf} = context.site;
  const isNow = dayIs(day, asOf);
  return Chart({
    title: "Open pipeline by age, against the age at which deals were won",
    subtitle: `Open amount, ${currency}; by the days from creation to won of the last two years`,
    rows,
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
        missing: "no amounts",
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

function dayIs(day: number, iso: string): boolean {
  return day === Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
}
