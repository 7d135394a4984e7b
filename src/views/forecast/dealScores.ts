/** Deal scores: the chance of each open deal, why, what would change it, and what of its words is hard to believe. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {DataTable} from "../../components/dataTable.js";
import {FilterBar, type FilterBarElement} from "../../components/filterBar.js";
import {count, money} from "../../components/format.js";
import {Kpi, kpiRow} from "../../components/kpi.js";
import type {DealScoresData, SCORED_BY, ScoredDeal} from "../../slices/dealScores.js";
import {NONE} from "../../slices/select.js";
import type {SiteData} from "../../slices/site.js";
import {freshness} from "../filters.js";
import {definitionOf} from "../metricKpi.js";
import {type AddedUp, openScored} from "./scoredPanel.js";

const HALF_YEAR = "26 weeks";

/** One sentence: what the quarter expects of open deals, out of what is stated, and what is hard to believe. */
export function scoresAnswer({deals, quarter, noQuarter, currency, reason}: DealScoresData): Content | null {
  if (deals.length === 0) return reason ?? "No open deal here can be scored.";
  if (!quarter)
    return `How likely each of ${count(deals.length)} open deals is to be won is known; what that brings is not. ${noQuarter}`;
  const expected = deals.reduce((sum, deal) => sum + deal.expected, 0);
  const due = dueIn(deals, quarter.to);
  const stated = due.reduce((sum, {amount}) => sum + (amount ?? 0), 0);
  const doubted = deals.filter(({doubt}) => doubt !== null);
  const doubtful = doubted.reduce((sum, deal) => sum + (deal.doubtful ?? 0), 0);
  const isDated = hasDates(deals);
  return [
    isDated
      ? `Open deals worth ${money(stated, currency)} have a close date by the end of ${quarter.label}, overdue ones included; `
      : `Of open deals, whose close dates the exports do not hold, `,
    html`<strong>${money(expected, currency)}</strong>`,
    isDated
      ? " is expected by then, later close dates included. "
      : ` is expected by the end of ${quarter.label}. `,
    html`<strong>${money(doubtful, currency)}</strong>`,
    ` is in doubt: ${count(doubted.length)} ${doubted.length === 1 ? "deal has" : "deals have"} a close date or amount that is hard to believe.`
  ];
}

/** Whether the exports hold close dates of open deals at all. */
function hasDates(deals: readonly ScoredDeal[]): boolean {
  return deals.some(({close_on}) => close_on !== null);
}

function dueIn(deals: readonly ScoredDeal[], to: string): ScoredDeal[] {
  return deals.filter(({close_on}) => close_on !== null && close_on <= to);
}

/** By stage and owner; which deal is looked at is in the address too. */
export function ScoreFilters(site: SiteData, {deals}: DealScoresData): FilterBarElement {
  const valuesOf = (key: (typeof SCORED_BY)[number]) => {
    const counts = new Map<string, number>();
    for (const deal of deals) counts.set(deal[key] ?? NONE, (counts.get(deal[key] ?? NONE) ?? 0) + 1);
    return [...counts].map(([value, n]) => ({value, n}));
  };
  const stages = valuesOf("stage").sort(
    (a, b) => (stageOrder(site, a.value) ?? 0) - (stageOrder(site, b.value) ?? 0)
  );
  const owners = valuesOf("owner").sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1));
  return FilterBar({
    dimensions: [
      {key: "stage", label: "Stage", values: stages},
      {key: "owner", label: "Owner", values: owners}
    ],
    asOf: site.asOf,
    freshness: freshness(site),
    otherKeys: ["period", "on"],
    ownKeys: ["stage", "deal"],
    everything: "All open deals"
  });
}

/** Open deals, expected wins, how right past chances were, and what is hard to believe of dates and amounts. */
export function scoresKpis(
  site: SiteData,
  {deals, quarter, currency, nWhole, held}: DealScoresData
): HTMLElement {
  if (!quarter) return html`<div></div>`;
  const doubted = deals.filter(({doubt}) => doubt !== null);
  const due = dueIn(deals, quarter.to);
  const isDated = hasDates(deals);
  const chances = Math.round(10 * deals.reduce((sum, {p_quarter}) => sum + p_quarter, 0)) / 10;
  const opens = (adds: AddedUp, list: readonly ScoredDeal[], title: string) =>
    list.length > 0
      ? {onOpen: () => openScored(site, {adds, list, title, currency, label: quarter.label})}
      : {};
  return kpiRow([
    Kpi({
      label: `Expected from open deals by the end of ${quarter.label}`,
      value: deals.reduce((sum, deal) => sum + deal.expected, 0),
      unit: "money",
      currency,
      n: deals.length,
      how: definitionOf({site}, "deal_chance"),
      ...opens("expected", deals, `Expected from open deals by the end of ${quarter.label}`),
      note: deals.length < nWhole ? `${count(nWhole - deals.length)} smaller ones are not counted` : ""
    }),
    Kpi({
      label: `Deals expected to be won by then`,
      value: chances,
      unit: "count",
      how: definitionOf({site}, "expected_wins"),
      ...opens("p_quarter", deals, "Deals expected to be won"),
      note: isDated
        ? `${count(due.length)} ${due.length === 1 ? "has" : "have"} a close date by then, overdue ones included`
        : ""
    }),
    Kpi({
      label: "How far past chances were off",
      value: held?.error ?? null,
      unit: "ratio",
      how: definitionOf({site}, "chances_off"),
      ...(held
        ? {
            n: held.n,
            nLabel: "past chances",
            note: `chance given and share won within ${count(held.weeks)} weeks, mean difference`
          }
        : {}),
      reason: "Too few chances of past days have an outcome yet."
    }),
    Kpi({
      label: "Amount that is hard to believe",
      value: doubted.reduce((sum, deal) => sum + (deal.doubtful ?? 0), 0),
      unit: "money",
      currency,
      n: doubted.length,
      ...opens("doubtful", doubted, "Amount that is hard to believe"),
      note: isDated
        ? `${count(doubted.filter(({close_on}) => close_on !== null && close_on <= quarter.to).length)} of them with a close date by then`
        : "",
      how: definitionOf({site}, "hard_to_believe")
    })
  ]);
}

/** All scored deals; a row opens the deal. */
export function ScoreTable(
  site: SiteData,
  {deals, quarter, currency, nWhole}: DealScoresData,
  onOpen: (id: string) => void
): HTMLElement {
  const label = quarter?.label ?? "the quarter";
  const cash = {unit: "money", currency} as const;
  const table = DataTable(
    // Without a forecast of money nothing is expected that could be told.
    deals.map((deal) => ({...deal, expected: quarter ? deal.expected : null})),
    [
      {key: "deal_name", label: "Deal", unit: "text"},
      {key: "p_quarter", label: `Chance in ${label}`, unit: "ratio"},
      {key: "amount", label: "Amount", ...cash, total: true, missing: "none stated"},
      {key: "expected", label: "Expected", ...cash, total: quarter !== null, missing: "not known"},
      {key: "why", label: "Why", unit: "text"},
      {key: "stage", label: "Stage", unit: "text", sortValue: ({stage}) => stageOrder(site, stage)},
      {key: "close_on", label: "Close date", unit: "date", missing: "none"},
      {key: "owner", label: "Owner", unit: "text"},
      {key: "p_half_year", label: `Won within ${HALF_YEAR}`, unit: "ratio"},
      {key: "p_lost", label: `Lost within ${HALF_YEAR}`, unit: "ratio"}
    ],
    {
      caption:
        "Open deals: win chance, expected amount, and why (odds against the average open deal). Select one for its full score",
      showCaption: true,
      pageSize: 14,
      onRow: ({deal_id}) => onOpen(deal_id),
      empty: {
        reason: "No open deal here can be scored.",
        action: "Clear a filter."
      }
    }
  );
  const left = nWhole - deals.length;
  return left > 0
    ? html`<div>${table}<p class="weir-chart-note">${count(left)} open deals with smaller expected amounts are not listed.</p></div>`
    : table;
}

function stageOrder({stages}: SiteData, stage: string | null): number | null {
  return stages.find((each) => each.stage === stage)?.order ?? null;
}

/** Deals whose stated date or amount is hard to believe, the most money first. */
export function Doubted(
  {deals, quarter, currency}: DealScoresData,
  onOpen: (id: string) => void
): HTMLElement {
  const rows = deals
    .filter(({doubt}) => doubt !== null)
    .sort((a, b) => (b.doubtful ?? 0) - (a.doubtful ?? 0))
    .map((deal) => ({...deal, doubtful: quarter ? deal.doubtful : null}));
  const cash = {unit: "money", currency} as const;
  return DataTable(
    rows,
    [
      {key: "deal_name", label: "Deal", unit: "text"},
      {key: "doubtful", label: "Amount in doubt", ...cash, total: quarter !== null, missing: "not known"},
      {key: "doubt", label: "Why", unit: "text"},
      {key: "amount", label: "Amount", ...cash, missing: "none stated"},
      {key: "close_on", label: "Close date", unit: "date", missing: "none"},
      {key: "p_quarter", label: "Chance this quarter", unit: "ratio"},
      {key: "owner", label: "Owner", unit: "text"}
    ],
    {
      caption: "Close dates and amounts that are hard to believe, largest first",
      showCaption: true,
      pageSize: 10,
      onRow: ({deal_id}) => onOpen(deal_id),
      empty: {reason: "No stated date or amount is hard to believe.", action: "Nothing to do."}
    }
  );
}
