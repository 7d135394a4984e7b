/** The Material & capacity page: what orders and deals need, what must be decided before deals are won, where the works are full. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {Empty} from "../../components/empty.js";
import {count, date, money, percent} from "../../components/format.js";
import {How} from "../../components/how.js";
import {Kpi, kpiRow} from "../../components/kpi.js";
import {PlainTable} from "../../components/plainTable.js";
import {decideTotal, materialRows, sum} from "../../slices/material/demandRows.js";
import {type LoadWeek, loadWeeks, overloads} from "../../slices/material/load.js";
import {supplyRows} from "../../slices/material/net.js";
import type {Planning, PlanningData} from "../../slices/material/planningData.js";
import type {SiteData} from "../../slices/site.js";
import {definitionOf} from "../metricKpi.js";
import {CapacityChart, FullWeeks} from "./capacity.js";
import {type AskedMaterial, whenWords} from "./chosen.js";
import {DemandChart, MaterialTable} from "./demand.js";
import {openAhead, openOverfull, openPart} from "./panel.js";
import {biasWords, heldWords, RecordTable, scoreFor} from "./record.js";
import {missingWords, SupplyPart} from "./supply.js";

/** One sentence: what is needed, what cannot wait for the deals, and the fullest centre. */
export function materialAnswer({data}: Planning, {weeks}: AskedMaterial): Content | null {
  if (!data) return null;
  const {currency, cost} = data;
  const strong = (text: string) => html`<strong>${text}</strong>`;
  const ahead = decideTotal(materialRows(data, weeks));
  const rows = loadWeeks(data);
  const [fullest] = overloads(rows);
  const whole = scoreFor(data, "next 26 weeks", "all material");
  return [
    ...shortWords(data),
    "Open orders wait for material of ",
    strong(money(sum(cost.firm), currency)),
    ...(data.record
      ? [
          "; deals won in the next 26 weeks are expected to take ",
          strong(money(cost.whole.mean, currency)),
          ` more${whole ? ` (${heldWords(whole, "an 80% band around it")})` : ""}, of which `,
          ...(ahead.n > 0
            ? [
                strong(money(ahead.cost, currency)),
                ` in ${count(ahead.n)} ${ahead.n === 1 ? "material" : "materials"} must be ordered ${whenWords(weeks)}, before the deals are won`
              ]
            : [waitWords(data, weeks)]),
          untimedWords(data)
        ]
      : []),
    ". ",
    ...(fullest
      ? [
          strong(fullest.centre),
          ` is the fullest: ${percent(fullest.load)} in the week from ${date(fullest.from)}.`
        ]
      : [
          rows.some(({offered}) => offered !== null)
            ? "No work centre is asked for more than it offers."
            : "No work centre says how many hours it offers."
        ])
  ];
}

/** What must be bought for orders comes first: what stock and purchase orders do not cover. Nothing where there is no stock to net. */
function shortWords(data: PlanningData): (string | Node)[] {
  if (!data.supply.hasStock) return [];
  const short = supplyRows(data).filter(({shortOn}) => shortOn !== null);
  const [first] = short;
  // Those beyond the list are short too.
  const others = short.length - 1 + data.supply.nShortBeyond;
  const cover = data.supply.hasPurchases ? "Stock and purchase orders" : "Stock";
  if (!first) return [`${cover} ${data.supply.hasPurchases ? "cover" : "covers"} what open orders need. `];
  return [
    html`<strong>${first.material}</strong>`,
    " is short for open orders from ",
    html`<strong>${date(first.shortOn)}</strong>`,
    `: ${missingWords(first)}${others > 0 ? `; ${count(others)} more ${others === 1 ? "material is" : "materials are"} short` : ""}. `
  ];
}

/** What can wait is said of lead times alone; what is merely not due yet is not called so. */
function waitWords({materials, offsets}: PlanningData, weeks: number): string {
  const known = materials.flatMap(({leadDays}) => leadDays ?? []);
  if (known.length > 0 && known.every((days) => days <= offsets.materialDays))
    return "nothing has to be ordered before the deals are won";
  return `nothing has to be ordered ${whenWords(weeks)} before the deals are won`;
}

function untimedWords({materials}: PlanningData): string {
  const untimed = materials.filter(({leadDays}) => leadDays === null).length;
  if (untimed === 0) return "";
  return ` (of ${count(untimed)} of ${count(materials.length)} materials no lead time is known)`;
}

/** All that follows the choice; without data why, and what to export. */
export function MaterialPage(site: SiteData, planning: Planning, asked: AskedMaterial): HTMLElement {
  const {data} = planning;
  if (!data)
    return html`<div>
      <p class="weir-chart-note">As of ${date(site.asOf)}.</p>
      ${Empty({reason: planning.reason, action: planning.action})}
    </div>`;
  const full = overloads(loadWeeks(data));
  return html`<div class="weir-stack">
    <div>
      <p class="weir-chart-note">${assumedWords(data)}</p>
      ${How(definitionOf({site}, "material_offsets"))}
    </div>
    ${kpis(site, data, asked, full)}
    ${SupplyPart(site, data, asked)}
    ${DemandChart(site, data, asked)}
    ${MaterialTable(site, data, asked)}
    ${CapacityChart(site, data)}
    ${FullWeeks(site, data, full)}
    ${RecordTable(site, data)}
    ${NotInIt(data)}
  </div>`;
}

function kpis(
  site: SiteData,
  data: PlanningData,
  {weeks}: AskedMaterial,
  full: readonly LoadWeek[]
): HTMLElement {
  const {currency, cost, record} = data;
  const rows = materialRows(data, weeks);
  const ahead = decideTotal(rows);
  const score = scoreFor(data, "next 26 weeks", "all material");
  const before = scoreFor(data, "before the deal is won", "each material");
  const load = scoreFor(data, "next 26 weeks", "each work centre");
  const timed = data.centres.filter(({hoursPerWeek}) => hoursPerWeek !== null).length;
  const silent = data.centres.length - timed;
  return kpiRow([
    Kpi({
      label: "Material that open orders wait for",
      value: sum(cost.firm),
      unit: "money",
      currency,
      n:
        data.orders.length === data.nOrders ? data.orders.filter(({needOn}) => needOn !== null).length : null,
      nLabel: "orders",
      how: definitionOf({site}, "material_firm"),
      onOpen: () => openPart(site, data, "order")
    }),
    Kpi({
      label: "Expected for deals won in 26 weeks",
      value: record ? cost.whole.mean : null,
      unit: "money",
      currency,
      n: data.nDeals,
      reason: "No past day can be asked how good such a figure was.",
      note: `80% band ${money(cost.whole.p10, currency)} to ${money(cost.whole.p90, currency)}${score ? `; ${heldWords(score)}` : ""}`,
      how: definitionOf({site}, "material_pipeline"),
      onOpen: () => openPart(site, data, "deal")
    }),
    Kpi({
      label: `To be ordered ${whenWords(weeks)}, before deals are won`,
      figure: "To be ordered before deals are won",
      value: record ? ahead.cost : null,
      unit: "money",
      currency,
      n: ahead.n,
      nLabel: "materials",
      reason: "What deals will need is not known here.",
      note: before
        ? `asked by the day itself, each material: ${heldWords(before, "an 80% band")}${biasWords(before)}`
        : "no past day can be asked how good it was",
      how: definitionOf({site}, "order_ahead"),
      ...(record && ahead.n > 0
        ? {
            onOpen: () => openAhead(data, rows, whenWords(weeks))
          }
        : {})
    }),
    Kpi({
      label: "Weeks in which a work centre is overfull",
      value: timed > 0 ? full.length : null,
      unit: "count",
      reason: "No work centre says how many hours it offers.",
      note: `of ${count(timed * data.weeks.length)} ${timed * data.weeks.length === 1 ? "week" : "weeks"} of ${count(timed)} ${timed === 1 ? "centre" : "centres"}${silent > 0 ? `; ${count(silent)} more ${silent === 1 ? "does not say what it offers" : "do not say what they offer"}` : ""}${load ? `; deals' hours in 26 weeks: ${heldWords(load, "an 80% band")}` : ""}`,
      how: definitionOf({site}, "capacity_load"),
      nLabel: "weeks",
      ...(full.length > 0 ? {onOpen: () => openOverfull(full)} : {})
    })
  ]);
}

/** What the placing rests on, said before any figure. */
function assumedWords({asOf, offsets, likeBy, nAssumed, nDeals, assumedShare, supply}: PlanningData): string {
  const {materialDays, materialLow, materialHigh, productionDays, nOrders} = offsets;
  const spread =
    materialLow !== null && materialHigh !== null
      ? ` (a quarter within ${count(materialLow)}, three quarters within ${count(materialHigh)})`
      : "";
  const like =
    nAssumed > 0
      ? ` ${count(nAssumed)} of ${count(nDeals)} open deals name no product yet${assumedShare === null ? "" : ` (${percent(assumedShare)} of the expected cost)`}: they take what won deals like them took${likeBy ? `, by ${likeBy.toLowerCase()} and amount` : ""}.`
      : "";
  return `As of ${date(asOf)}. Half of the orders had their material within ${count(materialDays)} days of being placed${spread} and were produced within ${count(productionDays)} days of having it, measured on ${count(nOrders)} past orders; a deal, of whatever product, is taken to need its material as long after it is won.${like} ${stockWords(supply)}`;
}

/** What the needs are set against, or that they are not. */
function stockWords({
  hasStock,
  hasPurchases,
  countedFrom,
  countedTo,
  countedAfter
}: PlanningData["supply"]): string {
  if (!hasStock && countedAfter !== null)
    return `Stock was counted after the as-of day, from ${date(countedAfter)} on, and is not taken, so what is short cannot be told: all figures are what is needed. Built as of a day of a count, what is short is told.`;
  if (!hasStock)
    return hasPurchases
      ? "The exports have purchase orders and no stock, so what is short cannot be told: all figures are what is needed."
      : "What is on stock or on order with suppliers already is not in the exports.";
  const counted = countedFrom === countedTo ? date(countedTo) : `${date(countedFrom)} to ${date(countedTo)}`;
  return `Stock is as counted on ${counted}; only what runs short is net of it${hasPurchases ? " and of what suppliers are to deliver" : ""}, all other figures are what is needed.${countedAfter === null ? "" : ` Counts after the as-of day, from ${date(countedAfter)} on, are not taken.`}`;
}

/** What is in no figure, counted and in money. */
function NotInIt({leftOut, currency}: PlanningData): HTMLElement {
  if (leftOut.length === 0)
    return html`<p class="weir-chart-note">Every open order and every open deal is in these figures.</p>`;
  const rows = leftOut.map(({what, n, amount}) => ({
    what,
    n: count(n),
    amount: amount === null ? "not in money" : money(amount, currency)
  }));
  return html`<div class="weir-sheet">${PlainTable(
    rows,
    [
      {key: "what", label: "What is not in these figures", unit: "text"},
      {key: "n", label: "How many", unit: "text"},
      {key: "amount", label: "Money", unit: "text"}
    ],
    {caption: "Not in it"}
  )}</div>`;
}
