/** Whether deals with partners are won more often than like direct deals, with how alike they are. */
import {html} from "htl";
import {Chart} from "../components/chart.js";
import {RangeRows} from "../components/charts/rangeRows.js";
import {DataTable} from "../components/dataTable.js";
import {count, signed} from "../components/format.js";
import type {LikeDealsFigures} from "../figures/partnerBenchmark.js";
import type {PartnerEffect} from "../slices/partners/partnerEffect.js";
import {alikeWords, areAlike} from "./alike.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";
import {noPartners} from "./partners.js";

/** The adjusted difference, its interval and its overlap; strata and the raw difference only beside it. */
export function LikeDeals(context: PageContext, {effects}: LikeDealsFigures): HTMLElement {
  return html`<div class="weir-stack">${EffectChart(context, effects)}${EffectTable(context, effects)}</div>`;
}

function EffectChart(context: PageContext, effects: readonly PartnerEffect[]): HTMLElement {
  const rows = effects.flatMap(({label, robust}) =>
    robust.difference === null || robust.lo === null || robust.hi === null
      ? []
      : [
          {
            label,
            value: robust.difference,
            lo: robust.lo,
            hi: robust.hi,
            said: [`${count(robust.nTreated)} against ${count(robust.nOthers)} direct`]
          }
        ]
  );
  const [all] = effects;
  const held = all?.factors.names.join(", ");
  const late = all?.factors.late.join(" and ");
  return Chart({
    title: titleOf(all),
    subtitle:
      "Difference of win rates to like direct deals in points, doubly robust, with its 95% interval; deals closed in the last two years",
    rows,
    columns: [
      {key: "label", label: "Deals", unit: "text"},
      {key: "value", label: "Difference", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"}
    ],
    name: "partner-effect",
    how: definitionOf(context, "like_deals"),
    note: held
      ? `Held alike: ${held}.${late ? ` Left out: ${late}, which is filled in as a deal goes on, so that deals that have it have come far.` : ""}`
      : null,
    empty:
      effects.length > 0
        ? {
            reason:
              "It needs twenty closed deals with partners and twenty direct ones, five of each won and five lost: there is not enough data.",
            action: "Clear a filter."
          }
        : noPartners(context.site),
    render: (width) =>
      RangeRows({
        rows,
        width,
        unit: "ratio",
        isDifference: true,
        meaning: "partner",
        words: {value: "difference of win rates", range: "95% interval"}
      })
  });
}

function titleOf(effect: PartnerEffect | undefined): string {
  const {difference, lo, hi} = effect?.robust ?? {difference: null, lo: null, hi: null};
  if (!effect || difference === null || lo === null || hi === null) return "Do deals with partners win more?";
  const doubt = areAlike(effect.robust) ? "" : "; they are not quite alike";
  const range = `${signed(difference, "ratio")} (${signed(lo, "ratio")} to ${signed(hi, "ratio")})${doubt}`;
  if (lo > 0) return `Partner deals are won more often than like direct ones: ${range}`;
  if (hi < 0) return `Partner deals are won less often than like direct ones: ${range}`;
  return `Whether partner deals are won more often than like direct ones cannot be told: ${range}`;
}

function EffectTable(context: PageContext, effects: readonly PartnerEffect[]): HTMLElement {
  return DataTable(
    effects.map(({label, robust, strata}) => ({
      label,
      robust: points(robust.difference),
      between:
        robust.lo === null || robust.hi === null
          ? null
          : `${signed(robust.lo, "ratio")} to ${signed(robust.hi, "ratio")}`,
      overlap: robust.overlap,
      balance: alikeWords(robust),
      worth: robust.nWorth === null ? null : Math.round(robust.nWorth),
      strata: points(strata.difference),
      raw: points(strata.raw),
      nTreated: robust.nTreated,
      nOthers: robust.nOthers
    })),
    [
      {key: "label", label: "Deals of two years", unit: "text"},
      {key: "robust", label: "Doubly robust", unit: "text", missing: "not enough data"},
      {key: "between", label: "95% interval", unit: "text", missing: ""},
      {key: "strata", label: "By strata", unit: "text", missing: "no like deals"},
      {key: "raw", label: "Raw", unit: "text", missing: "none closed"},
      {key: "overlap", label: "Have like deals", unit: "ratio", missing: ""},
      {key: "balance", label: "Alike after weighing?", unit: "text", missing: ""},
      {key: "nTreated", label: "With partner", unit: "count"},
      {key: "nOthers", label: "Direct", unit: "count"},
      {key: "worth", label: "Worth as many", unit: "count", missing: ""}
    ],
    {
      caption: "How alike the compared deals are, and what other ways of comparing say",
      showCaption: true,
      search: false,
      pageSize: 3,
      empty: noPartners(context.site)
    }
  );
}

function points(value: number | null): string | null {
  return value === null ? null : signed(value, "ratio");
}
