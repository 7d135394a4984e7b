/** ARR to come: what is signed already, and what open deals may bring, beside how often such chances held. */
import {Chart} from "../../components/chart.js";
import {BarRows} from "../../components/charts/barRows.js";
import {Columns} from "../../components/charts/columns.js";
import {DataTable, type TableColumn} from "../../components/dataTable.js";
import {count, date, money, percent} from "../../components/format.js";
import {colour, tint} from "../../components/palette.js";
import type {SiteData} from "../../slices/site.js";
import {definitionOf} from "../metricKpi.js";
import {hasPage} from "../pageLinks.js";
import type {Recurring} from "./context.js";

/** ARR at the ends of coming quarters if nothing more were signed. */
export function ContractedAhead({context, figures, currency}: Recurring): HTMLElement {
  const {contracted, asOf} = figures;
  const {rate} = figures.renewals.year;
  const now = (contracted[0]?.begin ?? 0) / 100;
  const rows = [
    {label: "now", value: now, begin: now, starts: 0, renewals: 0, ends: 0},
    ...contracted.map(({quarter, begin, starts, renewals, ends, end}) => ({
      label: quarter,
      value: end / 100,
      begin: begin / 100,
      starts: starts / 100,
      renewals: renewals / 100,
      ends: -ends / 100
    }))
  ];
  return Chart({
    title: "What is signed already",
    subtitle: `ARR at the end of each quarter if nothing more were signed after ${date(asOf)}, ${currency}`,
    rows: contracted.some(({begin, end}) => begin !== 0 || end !== 0) ? rows : [],
    columns: [
      {key: "label", label: "At the end of", unit: "text"},
      {key: "begin", label: "ARR before", unit: "money", currency},
      {key: "starts", label: "Signed, begins", unit: "money", currency},
      {key: "renewals", label: "Renewals and agreed steps", unit: "money", currency},
      {key: "ends", label: "Ends, not renewed yet", unit: "money", currency},
      {key: "value", label: "ARR", unit: "money", currency}
    ],
    name: "arr-contracted",
    how: definitionOf(context, "arr_contracted"),
    note: `No forecast${rate === null ? "" : `: of contracts that came to their end in the twelve months to ${date(figures.renewals.until)}, ${percent(rate)} were renewed`}. It falls by what has an end and no renewal yet, and rises by what is signed and has not begun.`,
    empty: {reason: "No contract of this selection runs or is signed."},
    render: (width) => Columns({rows, width, unit: "money", currency, meaning: "open", noun: "contracts"})
  });
}

/** Open deals' recurring money by kind, and what their chances come to; without a track record only what they state. */
export function PipelineToArr({context, figures, currency}: Recurring): HTMLElement {
  const {cells} = figures.pipeline;
  const first = figures.thisQuarter ?? "this quarter";
  const isExpected = hasExpected(figures);
  const total = cells.reduce((sum, {cents}) => sum + cents, 0) / 100;
  const rows = cells.map(({kind, n, cents, thisQuarter}) => ({
    label: kind,
    n,
    stated: cents / 100,
    now: thisQuarter === null ? null : thisQuarter / 100
  }));
  const nowKey = `expected in ${first}`;
  const restKey = "stated beyond that";
  const bars = isExpected
    ? rows.flatMap(({label, n, now, stated}) => [
        {label, key: nowKey, value: now, n},
        {label, key: restKey, value: now === null ? null : Math.max(0, stated - now)}
      ])
    : rows.map(({label, n, stated}) => ({label, value: stated, n}));
  const expected = rows.reduce((sum, {now}) => sum + (now ?? 0), 0);
  return Chart({
    title: isExpected
      ? `Open deals state ${money(total, currency)} of recurring money; by their chances ${money(expected, currency)} of it is expected to be won in ${first}`
      : `Open deals state ${money(total, currency)} of recurring money`,
    subtitle: `Recurring amounts a year of open deals, ${currency}; renewals keep ARR, the others add to it`,
    rows,
    columns: [
      {key: "label", label: "Kind", unit: "text"},
      {key: "stated", label: "Stated", unit: "money", currency},
      {key: "n", label: "Open deals", unit: "count"},
      ...(isExpected
        ? ([{key: "now", label: `Expected in ${first}`, unit: "money", currency}] as TableColumn<
            (typeof rows)[number]
          >[])
        : [])
    ],
    name: "pipeline-to-arr",
    how: definitionOf(context, "pipeline_arr"),
    note: recordWords(context.site, figures),
    empty: {
      reason: "No open deal of this selection states recurring money.",
      action: "Export the deals' recurring amount (ARR) and map it to recurring_amount."
    },
    render: (width) =>
      BarRows({
        ...{rows: bars, width, currency},
        unit: "money",
        order: "given",
        ...(isExpected
          ? {
              keys: [nowKey, restKey],
              colours: [colour("forecast"), tint("open", 0.25)]
            }
          : {})
      })
  });
}

/** A forecast is shown with its track record, or not at all. */
function hasExpected({chances, pipeline: {cells}}: Recurring["figures"]): boolean {
  return chances !== null && cells.length > 0 && cells.every(({thisQuarter}) => thisQuarter !== null);
}

function recordWords(site: SiteData, figures: Recurring["figures"]): string {
  const {chances, noChances} = figures;
  if (hasExpected(figures) && chances)
    return `How often such chances held: given for ${count(chances.weeks)} weeks on past days, they were on average ${points(chances.error)} off the share of deals won (${count(chances.n)} deals). Beyond that no chance was held against what came, and nothing is told.${hasPage(site, "track-record") ? " See Track record." : ""}`;
  if (noChances) return `What of it will come is not told: ${noChances}`;
  return chances === null
    ? "What of it will come is not told: chances of single deals have no track record yet."
    : "";
}

function points(share: number): string {
  const value = Math.round(share * 1000) / 10;
  return `${value} ${value === 1 ? "point" : "points"}`;
}

/** The open deals behind it. */
export function PipelineDeals({figures, currency}: Recurring): HTMLElement {
  const {n, list} = figures.pipeline.deals;
  const isExpected = hasExpected(figures);
  const first = figures.thisQuarter ?? "this quarter";
  return DataTable(
    list,
    [
      {key: "deal", label: "Deal", unit: "text"},
      {key: "arr", label: "Recurring a year", unit: "money", currency, total: true},
      ...(isExpected
        ? ([
            {key: "expected", label: `Expected in ${first}`, unit: "money", currency, total: true},
            {key: "now", label: `Chance in ${first}`, unit: "ratio"}
          ] as TableColumn<(typeof list)[number]>[])
        : []),
      {key: "type", label: "Type", unit: "text", missing: "none"},
      {key: "customer", label: "Customer", unit: "text", missing: "none"},
      {key: "closes", label: "Close date", unit: "date", missing: "none"}
    ],
    {
      of: n,
      caption: "Open deals that state recurring money, the most first",
      showCaption: true,
      pageSize: 8,
      empty: {reason: "No open deal of this selection states recurring money."}
    }
  );
}
