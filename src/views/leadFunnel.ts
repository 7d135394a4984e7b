/** The funnel and spend parts of the Marketing page: what becomes of leads, and what more spend would bring. */
import {Chart} from "../components/chart.js";
import {RangeRows} from "../components/charts/rangeRows.js";
import {Survival} from "../components/charts/survival.js";
import {DataTable} from "../components/dataTable.js";
import {percent} from "../components/format.js";
import {stageRamp} from "../components/palette.js";
import {spendResponse} from "../scenario/spend/spendResponse.js";
import type {CurvePoint, FunnelSource, MarketingData} from "../slices/marketing/marketingData.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

const MOST_SOURCES = 4;
const FEWEST_LEADS = 30;
const BY_DAYS = 90;
const MORE = 1.2;
const Z80 = 1.281552;

const NO_LEADS = {
  reason: "The exports have no leads.",
  action: "Add the leads' export and map source, creation and the deal they became."
};

/** Counts and shares by source; leads too young to have moved on are why the curves below are the fairer view. */
export function SourceTable(context: PageContext, {funnel}: Pick<MarketingData, "funnel">): HTMLElement {
  const {currency} = context.site;
  const rows = funnel.map((source) => ({
    source: source.source,
    leads: source.nLeads,
    deals: source.nDeals,
    qualified: source.nQualified,
    won: source.nWon,
    wonAmount: source.wonAmount,
    toDeal: source.nLeads > 0 ? source.nDeals / source.nLeads : null,
    toQualified: source.nDeals > 0 ? source.nQualified / source.nDeals : null,
    toWon: source.nWon + source.nLost > 0 ? source.nWon / (source.nWon + source.nLost) : null,
    by90: shareBy(source.converted, BY_DAYS)
  }));
  return DataTable(
    rows,
    [
      {key: "source", label: "Source", unit: "text"},
      {key: "leads", label: "Leads", unit: "count", total: true},
      {key: "deals", label: "Became a deal", unit: "count", total: true},
      {key: "qualified", label: "Qualified", unit: "count", total: true},
      {key: "won", label: "Won", unit: "count", total: true},
      {key: "wonAmount", label: "Won money", unit: "money", currency, total: true},
      {key: "toDeal", label: "Lead to deal, so far", unit: "ratio"},
      {key: "by90", label: `Deal by ${BY_DAYS} d`, unit: "ratio"},
      {key: "toQualified", label: "Deal to qualified", unit: "ratio"},
      {key: "toWon", label: "Win rate", unit: "ratio"}
    ],
    {
      caption: "From lead to won, by source",
      showCaption: true,
      pageSize: Math.max(4, Math.min(10, rows.length + 1)),
      empty: NO_LEADS
    }
  );
}

/** Share of a source's leads that became a deal, or were won, by age. */
export function LeadCurves(
  context: PageContext,
  {funnel}: Pick<MarketingData, "funnel">,
  what: "converted" | "won"
): HTMLElement {
  const sources = funnel.filter(({nLeads}) => nLeads >= FEWEST_LEADS).slice(0, MOST_SOURCES);
  const rows = sources.flatMap((source: FunnelSource) =>
    source[what].map(({t, share, lo, hi, nAtRisk}) => ({t, s: share, lo, hi, nAtRisk, group: source.source}))
  );
  const word = what === "converted" ? "became a deal" : "won";
  const ramp = stageRamp(Math.max(2, sources.length));
  return Chart({
    title: what === "converted" ? "How fast leads become deals" : "How many leads are won, and when",
    subtitle: `Share of all leads that ${what === "converted" ? "became a deal" : "were won"} by days since the lead, with 95% bands`,
    rows,
    columns: [
      {key: "group", label: "Source", unit: "text"},
      {key: "t", label: "Age", unit: "days"},
      {key: "s", label: word, unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "nAtRisk", label: "Leads watched", unit: "count"}
    ],
    name: `leads-${what}`,
    how: definitionOf(context, "lead_funnel"),
    empty: NO_LEADS,
    render: (width) =>
      Survival({
        rows,
        width,
        words: word,
        atRisk: "Not yet",
        colours: ramp.slice(0, sources.length),
        upTo: what === "converted" ? 180 : 540
      })
  });
}

/** What one campaign of median spend brings in each channel, and what a fifth more would. */
export function SpendCurves(
  context: PageContext,
  {curves, dispersion}: Pick<MarketingData, "curves" | "dispersion">
): HTMLElement {
  const {currency} = context.site;
  const rows = curves.map((curve) => {
    const now = spendResponse(curve, curve.medianSpend);
    const more = spendResponse(curve, curve.medianSpend * MORE);
    return {
      label: curve.channel,
      value: now.deals,
      lo: now.lo,
      hi: now.hi,
      spend: curve.medianSpend,
      money: now.money,
      moreSpend: curve.medianSpend * (MORE - 1),
      moreDeals: more.deals - now.deals,
      moreMoney: more.money - now.money,
      n: curve.nCampaigns
    };
  });
  const [first] = curves;
  const spread = first ? Z80 * Math.sqrt(first.varElasticity) : 0;
  const ends = first ? [first.elasticity - spread, first.elasticity + spread] : [0, 0];
  const gain = (elasticity: number) => MORE ** elasticity - 1;
  const signed = (share: number) => `${share < 0 ? "−" : "+"}${percent(Math.abs(share))}`;
  const verdict =
    ends[0]! > 0
      ? "More spend has gone with more deals."
      : "The campaigns so far do not show that spending more on one brings more deals.";
  return Chart({
    title: "What a campaign brings for its spend",
    subtitle: "Deals sourced by one campaign of the channel's median spend, with 80% intervals",
    rows,
    columns: [
      {key: "label", label: "Channel", unit: "text"},
      {key: "n", label: "Campaigns", unit: "count"},
      {key: "spend", label: "Median spend", unit: "money", currency},
      {key: "value", label: "Deals", unit: "count"},
      {key: "lo", label: "80% from", unit: "count"},
      {key: "hi", label: "80% to", unit: "count"},
      {key: "money", label: "Worth", unit: "money", currency},
      {key: "moreSpend", label: "A fifth more spend", unit: "money", currency},
      {key: "moreDeals", label: "More deals", unit: "count"},
      {key: "moreMoney", label: "Worth more", unit: "money", currency}
    ],
    name: "spend-response",
    how: definitionOf(context, "spend_response"),
    note: first
      ? `${verdict} A fifth more spend: ${signed(gain(first.elasticity))} deals (80%: ${signed(gain(ends[0]!))} to ${signed(gain(ends[1]!))}). Counts spread ${(dispersion ?? 1).toFixed(1)} times as wide as chance alone.`
      : null,
    empty: {
      reason: "There are not enough finished campaigns with a cost and deals to compare.",
      action:
        "A curve needs some three campaigns a channel, of different cost, that ended two months ago or earlier."
    },
    render: (width) =>
      RangeRows({
        rows,
        width,
        unit: "count",
        meaning: "open",
        words: {value: "deals of a campaign", range: "80% interval"}
      })
  });
}

function shareBy(curve: readonly CurvePoint[], day: number): number | null {
  const last = curve.at(-1);
  if (!last || last.t < day) return null;
  return curve.findLast(({t}) => t <= day)?.share ?? null;
}
