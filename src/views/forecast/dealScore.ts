/** One deal's score in full: its chances by date, the factors that make it, and what would change it. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {Trend} from "../../components/charts/trend.js";
import type {Picked} from "../../components/choice.js";
import {Empty} from "../../components/empty.js";
import {count, date, money, percent} from "../../components/format.js";
import {colour} from "../../components/palette.js";
import {PlainTable} from "../../components/plainTable.js";
import {safeLink} from "../../components/safeLink.js";
import type {DealScoresData, ScoredDeal} from "../../slices/dealScores.js";
import {dayNumber, isoDay} from "../../slices/facts.js";
import type {SiteData} from "../../slices/site.js";

const UNIT = 1e4;
/** Factors told one by one; weaker ones are told together. */
const TOLD = 10;

/** The picked deal; an empty element while none is. */
export function DealScore(
  site: SiteData,
  data: DealScoresData,
  {id, isByHand}: Picked,
  onClose: () => void
): HTMLElement {
  if (id === null) return html`<div hidden></div>`;
  const close = html`<button type="button" class="weir-button">Back to all deals</button>`;
  close.addEventListener("click", onClose);
  const deal = data.deals.find(({deal_id}) => deal_id === id);
  if (!deal)
    return html`<section class="weir-deal" aria-label="Deal">
      ${Empty({reason: `The deal ${id} is not on this page.`, action: "It is not open any more, or not among those listed."})}<p>${close}</p>
    </section>`;
  const heading = html`<h2 class="weir-table-caption" tabindex="-1">${deal.deal_name}</h2>` as HTMLElement;
  if (isByHand) requestAnimationFrame(() => heading.focus());
  const address = site.dealUrl?.replace("{id}", encodeURIComponent(deal.deal_id));
  return html`<section class="weir-deal" aria-label=${`Deal ${deal.deal_name}`}>
    ${heading}
    <p class="weir-table-status">${about(deal, data)}</p>
    <p>${close} ${address ? safeLink(address, "Open in the CRM") : null}</p>
    ${Curve(deal, data)}
    <div class="weir-columns"><div>${Factors(deal, data)}</div><div>${WhatIfs(deal, data)}</div></div>
  </section>`;
}

function about(deal: ScoredDeal, {quarter, currency}: DealScoresData): string {
  return [
    deal.stage ?? "no known stage",
    deal.amount === null
      ? `no amount stated, ${money(deal.ifWon, currency)} expected if won`
      : `${money(deal.amount, currency)} stated, ${money(deal.ifWon, currency)} expected if won`,
    deal.close_on === null ? "no close date" : `due ${date(deal.close_on)}`,
    ...(quarter ? [`${percent(deal.p_quarter)} to be won in ${quarter.label}`] : []),
    ...(deal.doubt ? [deal.doubt] : [])
  ].join(" · ");
}

function Curve(deal: ScoredDeal, {weeks, asOf}: DealScoresData): HTMLElement {
  const start = dayNumber(asOf);
  const rows = [{weeks: 0, on: asOf, won: 0, lost: 0, open: 1}].concat(
    weeks.map((week, i) => ({
      weeks: week,
      on: isoDay(start + 7 * week),
      won: deal.won[i]!,
      lost: deal.lost[i]!,
      open: Math.max(0, Math.round(UNIT * (1 - deal.won[i]! - deal.lost[i]!)) / UNIT)
    }))
  );
  return Chart({
    title: "Chance by date",
    subtitle: "Chance to be won, lost or still open by each day",
    rows,
    columns: [
      {key: "on", label: "By", unit: "date"},
      {key: "won", label: "Won", unit: "ratio"},
      {key: "lost", label: "Lost", unit: "ratio"},
      {key: "open", label: "Still open", unit: "ratio"}
    ],
    name: "deal-chance",
    render: (width) =>
      Trend({
        rows: (["won", "lost", "open"] as const).flatMap((series) =>
          rows.map((row) => ({on: row.on, value: row[series], series}))
        ),
        width,
        grain: "day",
        unit: "ratio",
        colours: [colour("won"), colour("lost"), colour("open")],
        height: 220
      })
  });
}

/** Base, factors and score: the odds multiply, their logarithms add up. */
function Factors(deal: ScoredDeal, {words, base}: DealScoresData): HTMLElement {
  const chance = (units: number) => 1 / (1 + Math.exp(-units / UNIT));
  const times = (units: number) => {
    const odds = Math.exp(units / UNIT);
    return `×${odds.toFixed(odds < 9.95 ? 2 : 1)}`;
  };
  const told = deal.factors.slice(0, TOLD);
  const rest = deal.factors.slice(TOLD);
  const restSum = rest.reduce((sum, [, effect]) => sum + effect, 0);
  const rows = [
    {what: "The average open deal", odds: "", weekly: percent(chance(base))},
    ...told.map(([word, effect]) => ({what: words[word]!, odds: times(effect), weekly: ""})),
    ...(rest.length > 0
      ? [{what: `${count(rest.length)} smaller factors`, odds: times(restSum), weekly: ""}]
      : []),
    {what: "This deal", odds: times(deal.score - base), weekly: percent(chance(deal.score))}
  ];
  return html`<div>${PlainTable(
    rows,
    [
      {key: "what", label: "Factor", unit: "text"},
      {key: "odds", label: "Odds times", unit: "text"},
      {key: "weekly", label: "Win chance per week", unit: "text"}
    ],
    {caption: "Why: the factors multiply to this deal's odds of being won in any coming week"}
  )}<p class="weir-chart-note">Factors describe what went together in past deals, not what causes a win.</p></div>`;
}

function WhatIfs(deal: ScoredDeal, {quarter}: DealScoresData): HTMLElement {
  if (deal.ifs.length === 0 || !quarter) return html`<div></div>`;
  const rows = [
    {what: "as it is", chance: percent(deal.p_quarter)},
    ...deal.ifs.map(({what, p_quarter}) => ({what, chance: percent(p_quarter)}))
  ];
  return html`<div>${PlainTable(
    rows,
    [
      {key: "what", label: "If it were", unit: "text"},
      {key: "chance", label: `Won in ${quarter.label}`, unit: "text"}
    ],
    {caption: "What would change the chance, one thing at a time"}
  )}<p class="weir-chart-note">The chance of past deals in that state, all else unchanged. Changing the field in the CRM without the deal really changing only makes the forecast wrong.</p></div>`;
}
