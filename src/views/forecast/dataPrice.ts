/** The price of bad data: how much worse the forecast is for each missing or stale field, and what to repair first. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {Chart} from "../../components/chart.js";
import {RangeRows} from "../../components/charts/rangeRows.js";
import {DataTable} from "../../components/dataTable.js";
import {type Figure, openDealPanel} from "../../components/dealPanel.js";
import {count, money, percent} from "../../components/format.js";
import {Kpi, kpiRow} from "../../components/kpi.js";
import type {Change, DataPriceData, FieldPrice, Repair} from "../../slices/dataPrice.js";
import type {SiteData} from "../../slices/site.js";
import {definitionOf} from "../metricKpi.js";

/** A field costs when its interval lies above none. */
function costs(change: Change | null): change is Change {
  return change !== null && change.low > 0;
}

/** One sentence: the field whose absence cost most, and what is to be repaired today. */
export function priceAnswer({
  fields,
  swing,
  nRepairs,
  currency,
  quarter,
  reason,
  nDays
}: DataPriceData): Content | null {
  if (reason || !quarter) return reason;
  const dearest = fields
    .filter(({isTelling}) => !isTelling)
    .flatMap((field) => [
      {field, change: field.error, what: "the forecast of open deals"},
      {field, change: field.deals, what: "win chances"}
    ])
    .filter(({change}) => costs(change))
    .sort((a, b) => b.change!.value - a.change!.value)[0];
  return [
    ...(dearest
      ? [
          `In a backtest on ${count(nDays)} past days, ${wordOf(dearest.field)} made ${dearest.what} `,
          html`<strong>${percent(dearest.change!.value)}</strong>`,
          " less accurate, more than any other field that people may leave empty. "
        ]
      : fields.some(({error}) => error !== null)
        ? ["No single missing field made past forecasts worse by more than chance. "]
        : ["There is too little past to say what a missing field costs. "]),
    nRepairs > 0
      ? html`Today <strong>${swing === 0 ? "nothing" : money(swing, currency)}</strong> of the ${quarter} forecast depends on fields that ${count(nRepairs)} open ${nRepairs === 1 ? "deal lacks" : "deals lack"}.`
      : "Today no open deal lacks a field that others have."
  ];
}

function wordOf({label, how}: FieldPrice): string {
  return how === "blank"
    ? `a missing ${label.toLowerCase()}`
    : `a ${label.toLowerCase()} four weeks out of date`;
}

/** Deals to repair, money that hangs on them, fields that cost, and how it was measured. */
export function priceKpis(
  site: SiteData,
  {fields, repairs, swing, nRepairs, nOpen, currency, nDays, nDeals, staleDays}: DataPriceData
): HTMLElement {
  const link = ({deal_id}: Repair) => site.dealUrl?.replace("{id}", encodeURIComponent(deal_id)) ?? null;
  const opens = (title: string, figure: Figure) =>
    repairs.length > 0
      ? {
          onOpen: () =>
            openDealPanel({
              title,
              figure,
              rows: repairs,
              columns: [
                {key: "deal_name", label: "Deal", unit: "text", ...(site.dealUrl ? {link} : {})},
                {key: "swing", label: "Forecast that depends on it", unit: "money", currency, total: true},
                {key: "what", label: "What to repair", unit: "text"},
                {key: "owner", label: "Owner", unit: "text"},
                {key: "stage", label: "Stage", unit: "text"}
              ],
              ...(nRepairs > repairs.length ? {notListed: nRepairs - repairs.length} : {})
            })
        }
      : {};
  const dear = new Set(
    fields
      .filter(({deals, error, isTelling}) => !isTelling && (costs(deals) || costs(error)))
      .map(({field}) => field)
  );
  const isMeasured = fields.some(({deals, error}) => deals !== null || error !== null);
  return kpiRow([
    Kpi({
      label: "Open deals to repair",
      value: nRepairs,
      unit: "count",
      note: `of ${count(nOpen)} open`,
      how: definitionOf({site}, "deals_to_repair"),
      ...opens("Open deals to repair", {value: nRepairs, unit: "count"})
    }),
    Kpi({
      label: "Forecast that depends on them",
      value: swing,
      unit: "money",
      currency,
      how: definitionOf({site}, "repair_swing"),
      ...opens("Forecast that depends on deals to repair", {value: swing, unit: "money", currency})
    }),
    Kpi({
      label: "Fields that cost accuracy when missing",
      value: isMeasured ? dear.size : null,
      reason: "There is too little past to measure it.",
      unit: "count",
      note: `of ${count(new Set(fields.map(({field}) => field)).size)} that the models use`,
      how: definitionOf({site}, "data_price"),
      ...(dear.size > 0
        ? {
            nLabel: "fields",
            onOpen: () =>
              openDealPanel({
                title: "Fields that cost accuracy when missing",
                figure: {value: dear.size, unit: "count"},
                scope: `In a backtest on ${count(nDays)} past days, with 80% intervals`,
                noun: ["field", "fields"],
                rows: [...dear].map((field) => dearRow(fields.filter((each) => each.field === field))),
                columns: [
                  {key: "label", label: "Field", unit: "text"},
                  {
                    key: "blank",
                    label: "Missing: less accurate by",
                    unit: "text",
                    missing: "no effect beyond chance"
                  },
                  {
                    key: "stale",
                    label: `${count(staleDays / 7)} weeks late: less accurate by`,
                    unit: "text",
                    missing: "no effect beyond chance"
                  }
                ]
              })
          }
        : {})
    }),
    Kpi({
      label: "Backtest",
      value: nDays,
      unit: "count",
      nLabel: "deals scored",
      n: nDeals,
      note: "past days",
      how: definitionOf({site}, "data_price_days")
    })
  ]);
}

/** What a field costs when it is missing, and when it is late, where that is beyond chance. */
function dearRow(prices: readonly FieldPrice[]) {
  const said = (how: FieldPrice["how"]) => {
    const price = prices.find((each) => each.how === how && !each.isTelling);
    const parts = [
      ...(price && costs(price.deals) ? [`chances ${ranged(price.deals)}`] : []),
      ...(price && costs(price.error) ? [`forecast ${ranged(price.error)}`] : [])
    ];
    return parts.join("; ") || null;
  };
  return {label: prices[0]!.label, blank: said("blank"), stale: said("stale")};
}

/** What is measured of a field's absence. */
const MEASURES = {
  deals: {
    worse: "the chances to be won within 13 weeks",
    score: "log-loss",
    title: "win chances"
  },
  error: {
    worse: "the forecast of what open deals bring",
    score: "CRPS",
    title: "the forecast"
  }
} as const;

type PriceMeasure = keyof typeof MEASURES;

function priceRows(fields: readonly FieldPrice[], how: FieldPrice["how"], measure: PriceMeasure) {
  return fields
    .filter((field) => field.how === how && field[measure] !== null)
    .map(({label, deals, error, width, nLacking, isTelling, ...field}) => ({
      label,
      ...(measure === "deals" ? deals! : error!),
      chances: ranged(deals),
      cash: ranged(error),
      width: ranged(width),
      verdict: verdictOf(deals, error, isTelling),
      lacking: field.how === "blank" ? nLacking : null
    }))
    .sort((a, b) => b.value - a.value);
}

function verdictOf(deals: Change | null, error: Change | null, isTelling: boolean): string {
  if (isTelling && costs(deals)) return "being empty is itself a sign, so a blank misleads";
  const [chances, cash] = [costs(deals), costs(error)];
  if (chances && cash) return "chances and forecast less accurate";
  if (chances) return "chances less accurate";
  if (cash) return "forecast less accurate";
  if ([deals, error].some((change) => change !== null && change.high < 0)) return "no less accurate";
  return "no effect beyond chance";
}

function ranged(change: Change | null): string | null {
  return change && `${percent(change.value)} (${percent(change.low)} to ${percent(change.high)})`;
}

/** How much worse chances, or the forecast of the money, were with each field blank or four weeks old. */
export function FieldPrices(
  site: SiteData,
  {fields, nDays, nDeals, staleDays}: DataPriceData,
  how: FieldPrice["how"],
  measure: PriceMeasure
): HTMLElement {
  const rows = priceRows(fields, how, measure);
  const {worse, score, title} = MEASURES[measure];
  const field = how === "blank" ? "a missing field" : `a field updated ${count(staleDays / 7)} weeks late`;
  return Chart({
    title: `What ${field} costs ${title}`,
    subtitle: `How much less accurate ${worse} ${measure === "deals" ? "were" : "was"} (${score}), with an 80% interval; thin mark: no change`,
    rows,
    columns: [
      {key: "label", label: "Field", unit: "text"},
      {key: "verdict", label: "Verdict", unit: "text"},
      {
        key: "chances",
        label: "Chances less accurate by (80% interval)",
        unit: "text",
        missing: "not measured"
      },
      {key: "cash", label: "Forecast less accurate by", unit: "text", missing: "not measured"},
      {key: "width", label: "80% band wider by", unit: "text", missing: "not measured"}
    ],
    name: `data-price-${how}-${measure}`,
    how: definitionOf({site}, "data_price"),
    note: `${count(nDays)} past days, ${count(nDeals)} deals scored.`,
    empty: {
      reason:
        how === "blank"
          ? "There are fewer than three past quarters, or fewer than 40 open deals in them, to measure on."
          : "No field of these exports has a history long enough.",
      action: "Come back when more quarters have ended."
    },
    render: (width) =>
      RangeRows({
        rows: rows.map(({label, value, low, high, verdict, chances, cash, width: band}) => ({
          label,
          value,
          lo: low,
          hi: high,
          mark: 0,
          isThin: low <= 0 && high >= 0,
          said: [
            verdict,
            ...(measure === "error" && chances ? [`chances less accurate by ${chances}`] : []),
            ...(measure === "deals" && cash ? [`forecast less accurate by ${cash}`] : []),
            ...(band ? [`80% band wider by ${band}`] : [])
          ]
        })),
        width,
        meaning: "warning",
        unit: "ratio",
        words: {value: "less accurate by (hollow: within chance)", range: "80% interval", mark: "no change"}
      })
  });
}

/** Field by field: who lacks it today, and what it did on past days. */
export function FieldTable({fields, currency}: DataPriceData): HTMLElement {
  const rows = fields
    .filter(({how, nLacking, deals}) => how === "blank" && (nLacking > 0 || deals !== null))
    .map(({label, nLacking, share, swing, deals, error, width, isTelling}) => ({
      label,
      nLacking,
      share,
      swing: nLacking > 0 ? swing : null,
      verdict: deals ? verdictOf(deals, error, isTelling) : "not measured",
      deals: ranged(deals),
      error: ranged(error),
      width: ranged(width)
    }))
    .sort((a, b) => (b.swing ?? 0) - (a.swing ?? 0) || b.nLacking - a.nLacking);
  return DataTable(
    rows,
    [
      {key: "label", label: "Field", unit: "text"},
      {key: "nLacking", label: "Open deals without it", unit: "count"},
      {key: "share", label: "Share", unit: "ratio"},
      {
        key: "swing",
        label: "Forecast that depends on it",
        unit: "money",
        currency,
        missing: "nothing missing"
      },
      {key: "verdict", label: "When missing, in the backtest", unit: "text"},
      {key: "deals", label: "Chances less accurate by", unit: "text", missing: "not measured"},
      {key: "error", label: "Forecast less accurate by (CRPS)", unit: "text", missing: "not measured"},
      {key: "width", label: "80% band wider by", unit: "text", missing: "not measured"}
    ],
    {caption: "Field by field", showCaption: true, pageSize: 12, search: false}
  );
}

/** What to repair first. */
export function RepairList(
  site: SiteData,
  {repairs, nRepairs, swing, currency, fields}: DataPriceData
): HTMLElement {
  const verdicts = new Map(
    fields
      .filter(({how}) => how === "blank")
      .map(({field, deals, error, isTelling}) => [
        field,
        deals ? verdictOf(deals, error, isTelling) : "not measured"
      ])
  );
  const rows = repairs.map((repair) => ({...repair, verdict: verdicts.get(repair.field) ?? "not measured"}));
  const cash = {unit: "money", currency} as const;
  const link = ({deal_id}: {deal_id: string}) =>
    site.dealUrl?.replace("{id}", encodeURIComponent(deal_id)) ?? null;
  const table = DataTable(
    rows,
    [
      {key: "deal_name", label: "Deal", unit: "text", ...(site.dealUrl ? {link} : {})},
      {key: "swing", label: "Forecast that depends on it", ...cash, total: true},
      {key: "what", label: "What to repair", unit: "text"},
      {key: "verdict", label: "When missing, in the backtest", unit: "text"},
      {key: "amount", label: "Amount", ...cash, missing: "none stated"},
      {key: "expected", label: "Expected now", ...cash},
      {key: "stage", label: "Stage", unit: "text"},
      {key: "owner", label: "Owner", unit: "text", missing: "none"}
    ],
    {
      caption:
        "What to repair first: open deals by how much of this quarter's forecast depends on the missing field",
      showCaption: true,
      pageSize: 14,
      empty: {reason: "No open deal lacks a field that others have.", action: "There is nothing to repair."}
    }
  );
  const left = nRepairs - repairs.length;
  const rest = swing - repairs.reduce((sum, each) => sum + each.swing, 0);
  return left > 0
    ? html`<div>${table}<p class="weir-chart-note">${count(left)} more with less at stake, together ${money(rest, currency)}, are not listed.</p></div>`
    : table;
}
