/** The Partner life cycle page: eight phases, co-selling, and the records to look at. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {DataTable} from "../../components/dataTable.js";
import {Empty} from "../../components/empty.js";
import {count, days, money} from "../../components/format.js";
import {Later} from "../../components/later.js";
import {type LifeCycle, NO_PARTNERS} from "./context.js";
import {CoSell} from "./coSell.js";
import {Accelerate, changeWords, Incentivize} from "./incentivize.js";
import {Enable, Onboard} from "./onboard.js";
import {Market, Sell} from "./sell.js";
import {Recruit, Strategize} from "./strategize.js";

const PHASES = [
  ["strategize", "Strategize"],
  ["recruit", "Recruit"],
  ["onboard", "Onboard"],
  ["enable", "Enable"],
  ["market", "Market"],
  ["sell", "Sell"],
  ["incentivize", "Incentivize"],
  ["accelerate", "Accelerate"],
  ["co-sell", "Co-sell"]
] as const;

/** One sentence: how many are active, what they brought and whether that rose, and what is to be settled. */
export function lifeCycleAnswer({figures, currency}: LifeCycle): Content | null {
  const {nPartners, nActive, activeDays, payouts} = figures;
  const total = figures.accelerate.trendOfAll;
  if (nPartners === 0) return null;
  const open = payouts.classes.filter(({isSettled}) => !isSettled);
  const nOpen = open.reduce((sum, {n}) => sum + n, 0);
  return [
    html`<strong>${count(nActive)}</strong>`,
    ` of ${count(nPartners)} partners registered or won something within ${days(activeDays)}. `,
    ...(total
      ? [
          "In a year partners brought ",
          html`<strong>${money(total.now.wonCents / 100, currency)}</strong>`,
          total.value ? `, ${changeWords(total.value, "ratio")} against the year before` : "",
          ". "
        ]
      : []),
    nOpen > 0 ? `${count(nOpen)} payouts are not as the rules say.` : ""
  ];
}

/** Everything below the page's answer. */
export function LifeCyclePage(life: LifeCycle): HTMLElement {
  const {nPartners, nAll} = life.figures;
  const isEmpty = nPartners === 0;
  if (isEmpty && nAll > 0)
    return Empty({
      reason: `None of ${count(nAll)} partners passes these filters.`,
      action: "Clear a filter."
    });
  if (isEmpty) return Empty(NO_PARTNERS);
  const scope =
    nPartners < nAll
      ? html`<p class="weir-note">Of ${count(nAll)} partners these are ${count(nPartners)}. The market, co-selling and the records to look at are of all: filters do not change them.</p>`
      : null;
  return html`<div class="weir-stack">
    ${scope}
    <nav class="weir-phases" aria-label="Phases">${PHASES.map(([id, name]) => html`<a href=${`#${id}`}>${name}</a>`)}</nav>
    ${Strategize(life)}
    ${Recruit(life)}
    ${AFTER_FOLD.map(([id, make]) => Later(document.getElementById(id)?.offsetHeight ?? HEIGHT, () => make(life)))}
    ${Later(HEIGHT, () => Doubts(life))}
  </div>`;
}

/** Phases that nobody sees at once: a filter's answer does not wait for them. They keep the height they had. */
const AFTER_FOLD = [
  ["onboard", Onboard],
  ["enable", Enable],
  ["market", Market],
  ["sell", Sell],
  ["incentivize", Incentivize],
  ["accelerate", Accelerate],
  ["co-sell", CoSell]
] as const;
const HEIGHT = 400;

/** Records that need a look, with their money and what was done with them. */
function Doubts({figures, currency}: LifeCycle): HTMLElement {
  const rows = figures.doubts.map((each) => ({...each, records: each.records.join(", ")}));
  return DataTable(
    rows,
    [
      {key: "doubt", label: "What", unit: "text"},
      {key: "n", label: "Records", unit: "count", total: true},
      {key: "amount", label: "Money concerned", unit: "money", currency, missing: "none"},
      {key: "treatment", label: "What was done", unit: "text"},
      {key: "records", label: "The first of them", unit: "text"}
    ],
    {
      caption: "Partner records to look at",
      showCaption: true,
      pageSize: Math.max(2, rows.length + 1),
      search: false,
      empty: {
        reason:
          "Every record of the partner programme names a known partner, came after it signed, and has an amount where it needs one."
      }
    }
  );
}
