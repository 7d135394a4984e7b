/** The attribution part of the Marketing page: ten models at once, and the envelope that holds them. */
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {RangeRows} from "../components/charts/rangeRows.js";
import {DataTable, type TableColumn} from "../components/dataTable.js";
import {count, money, percent} from "../components/format.js";
import {colour} from "../components/palette.js";
import type {CreditRanges} from "../slices/marketing/creditRanges.js";
import type {CreditRange, MarketingData} from "../slices/marketing/marketingData.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

const MODEL_WORDS: Record<string, string> = {
  first_touch: "First touch",
  last_touch: "Last touch",
  linear: "Linear",
  u_shaped: "U-shaped",
  w_shaped: "W-shaped",
  full_path: "Full path",
  position_based: "Position",
  time_decay: "Time decay",
  markov: "Markov",
  shapley: "Shapley"
};

const NO_TOUCHES = {
  reason: "No won deal has a touch of a campaign.",
  action: "Export campaign members with their lead, account or deal, and run weir init again."
};

/** Each channel's credit: the mean of ten models, and the span between the meanest and the most generous. */
export function CreditSpan(context: PageContext, {units, concordance: agree}: CreditRanges): HTMLElement {
  const {currency} = context.site;
  const rows = units.map((unit) => ({
    label: unit.unit,
    value: unit.mean,
    lo: unit.lowest,
    hi: unit.highest,
    ranks: ranksOf(unit),
    said: [`rank ${ranksOf(unit)}`]
  }));
  const note =
    agree === null
      ? null
      : `The ten models' orders of the channels agree to ${percent(agree)} (Kendall's W); a rank that moves depends on the model, not on the channel.`;
  return Chart({
    title: "How much credit depends on the model",
    subtitle: `Won money of touched deals credited to each channel, ${currency}: the mean of ten models and their span`,
    rows,
    columns: [
      {key: "label", label: "Channel", unit: "text"},
      {key: "value", label: "Mean of ten", unit: "money", currency, total: true},
      {key: "lo", label: "Least", unit: "money", currency},
      {key: "hi", label: "Most", unit: "money", currency},
      {key: "ranks", label: "Ranks", unit: "text"}
    ],
    name: "credit-span",
    how: definitionOf(context, "attribution"),
    note,
    empty: NO_TOUCHES,
    render: (width) =>
      RangeRows({
        rows,
        width,
        unit: "money",
        currency,
        meaning: "direct",
        words: {value: "mean of ten models", range: "least to most"}
      })
  });
}

/** All ten models side by side, for channels or campaigns. */
export function CreditTable(
  context: PageContext,
  {models}: Pick<MarketingData, "models">,
  units: readonly CreditRange[],
  what: "channel" | "campaign"
): HTMLElement {
  const {currency} = context.site;
  type Row = Record<string, string | number>;
  const rows = units.map(
    (unit): Row => ({
      unit: unit.unit,
      channel: unit.channel,
      ranks: ranksOf(unit),
      ...Object.fromEntries(models.map((model, i) => [model, Math.round(unit.credits[i]! * 100) / 100]))
    })
  );
  const columns: TableColumn<Row>[] = [
    {key: "unit", label: what === "channel" ? "Channel" : "Campaign", unit: "text"},
    ...(what === "campaign" ? [{key: "channel", label: "Channel", unit: "text"} as const] : []),
    {key: "ranks", label: "Ranks", unit: "text", sortValue: (row) => Number.parseFloat(String(row["ranks"]))},
    ...models.map(
      (model): TableColumn<Row> => ({
        key: model,
        label: MODEL_WORDS[model] ?? model,
        unit: "money",
        currency,
        total: true
      })
    )
  ];
  return DataTable(rows, columns, {
    caption: `Ten models side by side, by ${what}: won money credited`,
    showCaption: true,
    pageSize: what === "channel" ? 9 : 10,
    empty: NO_TOUCHES
  });
}

/** Won money by who is credited: the parts of a deal never make more than the deal. */
export function EnvelopeBars(context: PageContext, {envelope}: Pick<MarketingData, "envelope">): HTMLElement {
  const {currency} = context.site;
  const won = envelope.filter(({outcome}) => outcome === "won");
  const rows = won.flatMap((part) => {
    const label = `${PARTNER_WORDS[part.partner] ?? part.partner}, ${MARKETING_WORDS[part.marketing] ?? part.marketing}`;
    return (
      [
        ["partner", part.partnerAmount],
        ["marketing", part.marketingAmount],
        ["sales", part.salesAmount]
      ] as const
    ).map(([key, value], i) => ({label, key, value, n: i === 0 ? part.nDeals : 0}));
  });
  const total = won.reduce((sum, {amount}) => sum + amount, 0);
  const all = (of: "partnerAmount" | "marketingAmount" | "salesAmount") =>
    won.reduce((sum, part) => sum + part[of], 0);
  const share = (of: "partnerAmount" | "marketingAmount" | "salesAmount") =>
    total > 0 ? percent(all(of) / total) : "none";
  return Chart({
    title: "Who is credited with won deals",
    subtitle: `Won money, ${currency}, by what partner and marketing did; each deal's parts make the deal`,
    rows: total > 0 ? rows : [],
    columns: [
      {key: "label", label: "Deals", unit: "text"},
      {key: "key", label: "Credited", unit: "text"},
      {key: "value", label: "Won", unit: "money", currency, total: true},
      {key: "n", label: "Deals", unit: "count", total: true}
    ],
    name: "credit-envelope",
    how: definitionOf(context, "credit_envelope"),
    note: `Of ${money(total, currency)} won by ${count(won.reduce((sum, {nDeals}) => sum + nDeals, 0))} deals: partners ${share("partnerAmount")}, marketing ${share("marketingAmount")}, sales ${share("salesAmount")}. The build fails when any deal is credited with more than itself.`,
    empty: {reason: "Nothing has been won yet."},
    render: (width) =>
      BarRows({
        rows,
        keys: ["partner", "marketing", "sales"],
        colours: [colour("partner"), colour("forecast"), colour("direct")],
        width,
        unit: "money",
        currency
      })
  });
}

const PARTNER_WORDS: Record<string, string> = {
  direct: "No partner",
  sourced: "Partner sourced",
  influenced: "Partner influenced"
};
const MARKETING_WORDS: Record<string, string> = {
  none: "no campaign",
  sourced: "campaign sourced",
  influenced: "campaign influenced"
};

function ranksOf({bestRank, worstRank}: CreditRange): string {
  const word = (rank: number) => String(Math.round(rank * 10) / 10);
  return bestRank === worstRank ? word(bestRank) : `${word(bestRank)} to ${word(worstRank)}`;
}
