/** Strategize and recruit: where there is room and partners win, and where demand has no partner. */
import {Chart} from "../../components/chart.js";
import {Dots} from "../../components/charts/dots.js";
import {DataTable} from "../../components/dataTable.js";
import {count, percent} from "../../components/format.js";
import {FEW_TRIALS, type ShrunkenRate} from "../../slices/shrunkenRates.js";
import {definitionOf} from "../metricKpi.js";
import {type LifeCycle, listDeals, NO_PARTNERS, Phase} from "./context.js";

/** Rows a chart shows; the list below has them all. */
const MOST_ROWS = 12;

/** Segments and regions by untouched accounts and win odds. */
export function Strategize(life: LifeCycle): HTMLElement {
  const {context, currency} = life;
  const {hasParts, market} = life.figures;
  const cells = market.list;
  const best = cells[0];
  const known = cells.filter(({roomCents}) => roomCents !== null);
  const all = [...cells.map(({partner}) => partner)].filter((rate) => rate !== null);
  const closed = all.reduce((sum, {trials}) => sum + trials, 0);
  const how = definitionOf(context, "partner_room");
  const chart = Chart({
    title: best && best.roomCents !== null ? `The most room is in ${best.key}` : "Where partners win",
    subtitle:
      "Win rate of deals with a partner closed in two years, shrunk, with its 80% interval; places by their room",
    rows: known.slice(0, MOST_ROWS).map((cell) => ({label: cell.key, ...dot(cell.partner)})),
    columns: DOT_COLUMNS,
    name: "partner-odds",
    how,
    empty: hasParts ? NO_CLOSED : NO_PARTNERS,
    render: (width) =>
      Dots({
        rows: known.slice(0, MOST_ROWS).map((cell) => ({label: cell.key, ...dot(cell.partner)})),
        width,
        overall: closed > 0 ? all.reduce((sum, {successes}) => sum + successes, 0) / closed : null,
        overallLabel: "all",
        meaning: "partner",
        order: "given",
        intervalLabel: "80% interval"
      })
  });
  const list = DataTable(
    cells.map((cell) => ({
      ...cell,
      room: cell.roomCents === null ? null : Math.round(cell.roomCents / 100),
      typical: cell.typicalCents === null ? null : Math.round(cell.typicalCents / 100),
      rate: cell.partner?.rate ?? null,
      between: cell.partner ? `${percent(cell.partner.lo)} to ${percent(cell.partner.hi)}` : null,
      n: cell.partner?.trials ?? 0,
      alone: cell.direct && cell.direct.trials >= FEW_TRIALS ? cell.direct.rate : null
    })),
    [
      {key: "key", label: "Region / segment", unit: "text"},
      {key: "room", label: "Room", unit: "money", currency, missing: "too few won"},
      {key: "nWhite", label: "Untouched accounts", unit: "count", total: true},
      {key: "nInPlay", label: "In play", unit: "count", total: true},
      {key: "nCustomers", label: "Customers", unit: "count", total: true},
      {key: "rate", label: "Win rate with partner", unit: "ratio", missing: "none closed"},
      {key: "between", label: "80% interval", unit: "text", missing: ""},
      {key: "n", label: "Closed", unit: "count", total: true},
      {key: "alone", label: "Win rate direct", unit: "ratio", missing: "too few"},
      {key: "typical", label: "Typical won", unit: "money", currency, missing: "too few won"}
    ],
    {
      of: market.n,
      caption: "Regions and segments by room: untouched accounts × win rate with a partner × typical amount",
      showCaption: true,
      pageSize: 8,
      search: false,
      empty: hasParts ? {reason: "The exports hold no accounts."} : NO_PARTNERS
    }
  );
  return Phase(
    {id: "strategize", name: "Strategize", question: "Where is there room, and where do partners win?"},
    chart,
    list
  );
}

const NO_CLOSED = {reason: "Too few deals of partners closed in two years to say where they win."};

const DOT_COLUMNS = [
  {key: "label", label: "Place", unit: "text"},
  {key: "rate", label: "Rate, shrunk", unit: "ratio"},
  {key: "lo", label: "80% from", unit: "ratio"},
  {key: "hi", label: "80% to", unit: "ratio"},
  {key: "n", label: "Deals", unit: "count"}
] as const;

function dot(rate: ShrunkenRate | null) {
  return {rate: rate?.rate ?? null, lo: rate?.lo ?? null, hi: rate?.hi ?? null, n: rate?.trials ?? 0};
}

/** Regions and product families by demand and the share of it that has a partner. */
export function Recruit(life: LifeCycle): HTMLElement {
  const {context, currency} = life;
  const {
    common,
    cells: {n: nCells, list: cells}
  } = life.figures.demand;
  const missing = cells.filter(({attach}) => attach.verdict === "below");
  const rows = [...cells]
    .sort((a, b) => b.nDeals - a.nDeals)
    .slice(0, MOST_ROWS)
    .map((cell) => ({label: cell.key, ...dot(cell.attach)}));
  const chart = Chart({
    title:
      missing.length > 0
        ? `Partners are missing in ${missing[0]!.key}${missing.length > 1 ? ` and ${count(missing.length - 1)} more` : ""}`
        : "No place has clearly fewer partners than the others",
    subtitle:
      "Share of the last year's new deals with a partner, shrunk, with its 80% interval; places by their demand",
    rows,
    columns: DOT_COLUMNS,
    name: "partner-coverage",
    how: definitionOf(context, "partner_coverage"),
    empty: NO_PARTNERS,
    render: (width) =>
      Dots({
        rows,
        width,
        overall: common,
        overallLabel: "common",
        meaning: "partner",
        order: "given",
        noun: "new deals",
        intervalLabel: "80% interval"
      })
  });
  const list = DataTable(
    cells.map((cell) => ({
      ...cell,
      money: cell.cents / 100,
      share: cell.attach.rate,
      between: `${percent(cell.attach.lo)} to ${percent(cell.attach.hi)}`,
      lacking: Math.round(cell.nLacking),
      said: COVERAGE[cell.attach.verdict]
    })),
    [
      {key: "key", label: "Region / family", unit: "text"},
      {key: "said", label: "Coverage", unit: "text"},
      {key: "lacking", label: "Lacking deals", unit: "count"},
      {key: "nDeals", label: "New deals", unit: "count", total: true},
      {key: "money", label: "Worth", unit: "money", currency, total: true},
      {key: "nWithPartner", label: "With a partner", unit: "count", total: true},
      {key: "share", label: "Share, shrunk", unit: "ratio"},
      {key: "between", label: "80% interval", unit: "text"},
      {key: "nPartners", label: "Partners there", unit: "count"}
    ],
    {
      of: nCells,
      caption: "Demand of the last year and who covers it, the most lacking first",
      showCaption: true,
      pageSize: 8,
      search: false,
      onRow: ({key, deals}) =>
        listDeals(life, deals, {
          title: key,
          scope: "begun in the last year",
          value: deals.n,
          unit: "count"
        }),
      empty: NO_PARTNERS
    }
  );
  return Phase({id: "recruit", name: "Recruit", question: "Where does demand have no partner?"}, chart, list);
}

const COVERAGE: Record<ShrunkenRate["verdict"], string> = {
  below: "missing",
  above: "ample",
  "as peers": "as elsewhere",
  "not enough data": "not enough data"
};
