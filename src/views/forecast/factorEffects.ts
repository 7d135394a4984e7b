/** What goes with winning, all else alike: each level of a factor against another, with how sure that is. */
import {Chart} from "../../components/chart.js";
import {RangeRows} from "../../components/charts/rangeRows.js";
import {count, date, percent, signed} from "../../components/format.js";
import type {DealScoresData} from "../../slices/dealScores.js";
import type {FactorEffect} from "../../slices/factorEffects.js";
import type {SiteData} from "../../slices/site.js";
import {definitionOf} from "../metricKpi.js";

/** Differences of the chance to be won within half a year, with 95% intervals. */
export function FactorEffectsChart(site: SiteData, {effects: data}: DealScoresData): HTMLElement {
  const {effects, alone, nDeals, nWon, from, to, reason} = data;
  const labels = new Map(effects.map((effect) => [effect, `${effect.level} vs ${effect.against}`]));
  return Chart({
    title: titleOf(effects),
    subtitle: `Difference in the chance to be won within half a year of creation, in points, with 95% intervals${effects[0] ? `. “${labels.get(effects[0])}”: like deals compared, all else equal` : ""}`,
    rows: effects.map((effect) => ({...effect, n: effect.n, rate: effect.nWon / effect.n})),
    columns: [
      {key: "factor", label: "Factor", unit: "text"},
      {key: "level", label: "Level", unit: "text"},
      {key: "against", label: "Against", unit: "text"},
      {key: "points", label: "Difference", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "chance", label: "Chance with it", unit: "ratio"},
      {key: "chanceAgainst", label: "Chance without", unit: "ratio"},
      {key: "n", label: "Deals with it", unit: "count"},
      {key: "rate", label: "Won of them, as they were", unit: "ratio"}
    ],
    name: "factor-effects",
    how: definitionOf({site}, "factor_effect"),
    note: reason
      ? null
      : [
          `Learned from ${count(nDeals)} deals created from ${date(from)} to ${date(to)}, ${count(nWon)} of them won within half a year.`,
          "Hollow dot: the difference is within chance.",
          alone.length > 0
            ? `Not compared, because there are no otherwise similar deals: ${alone.join("; ")}.`
            : ""
        ]
          .filter(Boolean)
          .join(" "),
    empty: {reason: reason ?? "Nothing can be compared.", action: "It takes more closed deals."},
    render: (width) =>
      RangeRows({
        rows: effects.map((effect) => ({
          label: labels.get(effect)!,
          value: effect.points,
          lo: effect.lo,
          hi: effect.hi,
          isThin: !isTold(effect),
          said: [
            effect.factor,
            `${percent(effect.chance)} against ${percent(effect.chanceAgainst)}`,
            `${count(effect.n)} deals with it`
          ]
        })),
        width,
        unit: "ratio",
        isDifference: true,
        meaning: "won",
        words: {value: "difference", range: "95% interval"}
      })
  });
}

function isTold({lo, hi}: FactorEffect): boolean {
  return lo > 0 || hi < 0;
}

function titleOf(effects: readonly FactorEffect[]): string {
  const told = effects.filter(isTold);
  if (told.length === 0) return "What goes with winning?";
  const [most] = [...told].sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const {factor, level, against, points} = most!;
  return `What goes with winning: most of all ${factor.toLowerCase()} (${level} vs ${against}: ${signed(points, "ratio")})`;
}
