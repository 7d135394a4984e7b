/** Tiers: whose results belong to another tier than the one it is in, and why. */
import {Chart} from "../../components/chart.js";
import {RangeRows} from "../../components/charts/rangeRows.js";
import {DataTable} from "../../components/dataTable.js";
import {count, money, percent} from "../../components/format.js";
import type {TierRule} from "../../slices/partners/programmeData.js";
import type {TierRow} from "../../slices/partners/tiers.js";
import {definitionOf} from "../metricKpi.js";
import {type LifeCycle, NO_PARTNERS} from "./context.js";

const NO_TIERS = {
  reason: "The workspace does not say in which order the tiers stand, or no partner has one of them.",
  action: "Name them from the lowest to the highest under partner_program.tiers in workspace.yaml."
};
const MOST_DRAWN = 14;

/** A chart of those to move, and every partner with the reason. */
export function Tiers({context, figures, currency}: LifeCycle): HTMLElement[] {
  const {rows, up, down, middles} = figures.tiers;
  const all = rows.list;
  const move = all.filter(({advice}) => advice === "up" || advice === "down");
  const empty = figures.nPartners > 0 ? NO_TIERS : NO_PARTNERS;
  const drawn = all
    .filter(({advice, nWon}) => advice !== "too early" && nWon > 0)
    .slice(0, Math.max(move.length, MOST_DRAWN))
    .map((row) => ({
      label: row.partner,
      value: row.yearCents / 100,
      lo: row.lo / 100,
      hi: row.hi / 100,
      mark: row.own === null ? null : row.own / 100,
      said: [WORDS[row.advice](row)]
    }));
  const usual = middles
    .map(
      ({tier, cents, n: of, isAsked}) =>
        `${tier} ${cents === null ? "too few" : money(cents / 100, currency)} (${isAsked ? "asked" : count(of)})`
    )
    .join(", ");
  const chart = Chart({
    title:
      up + down > 0
        ? `${count(up)} ${up === 1 ? "partner brings" : "partners bring"} what a higher tier does, ${count(down)} what a lower one does`
        : "No partner's results clearly belong to another tier",
    subtitle: `Won money a year of the last two, ${currency}, with the 80% range of luck; the line is what its own tier asks, or its middle partner wins`,
    rows: drawn,
    columns: [
      {key: "label", label: "Partner", unit: "text"},
      {key: "value", label: "Won a year", unit: "money", currency},
      {key: "lo", label: "80% from", unit: "money", currency},
      {key: "hi", label: "80% to", unit: "money", currency},
      {key: "mark", label: "Its tier", unit: "money", currency, missing: "too few"}
    ],
    name: "partner-tiers",
    how: definitionOf(context, "partner_tier"),
    note:
      all.length > 0
        ? `What a tier asks of a year (partner_program.tier_rules), else what the middle partner that has been there a year wins: ${usual}.`
        : null,
    empty,
    render: (width) =>
      RangeRows({
        rows: drawn,
        width,
        unit: "money",
        currency,
        meaning: "partner",
        words: {value: "won a year", range: "80% range", mark: "its tier"}
      })
  });
  const list = DataTable(
    all.map((row) => ({
      partner: row.partner,
      tier: row.tier,
      advice: WORDS[row.advice](row),
      why: reason(row, currency),
      year: row.yearCents / 100,
      rate: row.rate && row.rate.trials > 0 ? row.rate.rate : null,
      against: row.rate?.verdict ?? null,
      won: row.nWon,
      trainings: row.nTrainings
    })),
    [
      {key: "partner", label: "Partner", unit: "text"},
      {key: "tier", label: "Tier today", unit: "text"},
      {key: "advice", label: "Suggestion", unit: "text"},
      {key: "why", label: "Why: won a year, 80% range", unit: "text"},
      {key: "year", label: "Won a year", unit: "money", currency},
      {key: "against", label: "Win rate against peers", unit: "text", missing: ""},
      {key: "rate", label: "Win rate, shrunk", unit: "ratio", missing: "none closed"},
      {key: "won", label: "Won deals", unit: "count"},
      {key: "trainings", label: "Trainings", unit: "count"}
    ],
    {of: rows.n, caption: "Tiers by results, those to move first", showCaption: true, pageSize: 8, empty}
  );
  return all.length > 0 ? [chart, list] : [chart];
}

const WORDS: Record<TierRow["advice"], (row: TierRow) => string> = {
  up: ({to}) => `up to ${to}`,
  down: ({to}) => `down to ${to}`,
  keep: () => "keep",
  "too early": () => "too early",
  "not enough data": () => "not enough data"
};

function reason(
  {advice, tier, to, lo, hi, own, above, below, rate, asked, askedAbove, nTrainings}: TierRow,
  currency: string
): string {
  const cash = (cents: number) => money(cents / 100, currency);
  const asks = (of: string, {yearCents}: TierRule) => `${of} asks ${cash(yearCents!)}`;
  const range = `${cash(lo)} to ${cash(hi)}`;
  const rated =
    rate && (rate.verdict === "above" || rate.verdict === "below") ? `; wins ${percent(rate.rate)}` : "";
  switch (advice) {
    case "up":
      return `${range}; ${askedAbove?.yearCents ? asks(to, askedAbove) : `middle ${to} ${cash(above!)}`}${rated}`;
    case "down":
      return `${range}; ${asked?.yearCents ? asks(tier, asked) : `middle ${to} ${cash(below!)}`}${rated}`;
    case "keep": {
      const isShort =
        askedAbove?.nTrainings && above !== null && lo > above && nTrainings < askedAbove.nTrainings;
      const short = isShort
        ? `; has ${count(nTrainings)} of ${count(askedAbove.nTrainings!)} trainings for more`
        : "";
      return `${range}; ${asked?.yearCents ? asks(tier, asked) : `middle ${tier} ${cash(own!)}`}${short}${rated}`;
    }
    case "too early":
      return "signed less than a year ago";
    default:
      return "too few partners of a year in the tiers";
  }
}
