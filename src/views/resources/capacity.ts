/** Are there reps enough, and when would more have to begin? */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {BarRows} from "../../components/charts/barRows.js";
import {Empty} from "../../components/empty.js";
import {count, date, money, percent} from "../../components/format.js";
import {colour} from "../../components/palette.js";
import {PlainTable} from "../../components/plainTable.js";
import type {CapacityPlan, CapacityQuarter} from "../../scenario/plan/capacity.js";

/** What reps can book against what is asked, by quarter, with when to hire. */
export function Capacity(plan: CapacityPlan | null): HTMLElement {
  if (!plan)
    return Empty({
      reason:
        "Whether there are reps enough cannot be said: the exports do not tell who sells and since when.",
      action:
        "Export the users with their first day, and say in workspace.yaml which column it is (starts_on)."
    });
  const {quarters, reps, perRepYear, currency, asOf} = plan;
  const rows = quarters.flatMap(({label, need, capacity, needFrom}) => [
    {label: `${label}, ${needFrom}`, value: need, key: "asked for"},
    {label: `${label}, reps can book`, text: "", value: capacity, key: "reps can book"}
  ]);
  const chart = Chart({
    title: headline(quarters),
    subtitle: `Bookings by quarter, ${currency}: asked for by quotas (without one: the forecast), and what the ${count(reps.n)} reps of today can book`,
    rows: quarters,
    columns: [
      {key: "label", label: "Quarter", unit: "text"},
      {key: "need", label: "Asked for", unit: "money", currency},
      {key: "needFrom", label: "By the", unit: "text"},
      {key: "capacity", label: "Reps can book", unit: "money", currency},
      {key: "gap", label: "Missing", unit: "money", currency, missing: "no quota"}
    ],
    name: "rep-capacity",
    note: `A rep is taken to book ${money(perRepYear, currency)} a year: what was won in the last one, whoever won it, for each rep at full strength a sales cycle before; what is won already in a quarter that has begun is in it; ${percent(reps.attrition)} leave in a month and are not replaced here; ${reps.ramp.length === 0 ? "how fast hires come up to speed is not known and taken as at once" : reps.ramp.every((share) => share > 0.99) ? "hires booked at full strength from their first month on" : `a hire is at full strength after ${count(reps.ramp.length)} months, at ${percent(reps.ramp[0] ?? 1)} of it in the first`}. This is an average of a past year, so it lags in a firm that grows or shrinks, and it is what a hire is taken to book: what one more brings at the margin, as in the plan above, is less where deals do not come of more reps.`,
    render: (width) =>
      BarRows({
        rows,
        width,
        unit: "money",
        currency,
        order: "given",
        keys: ["asked for", "reps can book"],
        colours: [colour("lost"), colour("forecast")],
        noun: ""
      })
  });
  const table = quarters.map(({label, gap, hires, startBy}) => ({
    label,
    gap: gap === null ? "no quota" : gap === 0 ? "nothing" : money(gap, currency),
    hires:
      hires === null
        ? "not asked"
        : hires === 0
          ? "none"
          : typeof hires === "number"
            ? count(hires)
            : `${hires} by hiring`,
    startBy: startBy <= asOf ? `${date(startBy)}, past` : date(startBy)
  }));
  return html`<div>${chart}<div class="weir-sheet">${PlainTable(
    table,
    [
      {key: "label", label: "Quarter", unit: "text"},
      {key: "gap", label: "Missing", unit: "text"},
      {key: "hires", label: "Hires that close it, all from tomorrow", unit: "text"},
      {key: "startBy", label: "At full strength if begun by", unit: "text"}
    ],
    {caption: "When to hire"}
  )}</div></div>`;
}

/** What is missing first, and whether hiring can make it up. */
export function headline(quarters: readonly CapacityQuarter[]): string {
  const first = quarters.find(({gap}) => gap !== null && gap > 0);
  if (quarters.every(({gap}) => gap === null)) return "What the reps of today can book, beside the forecast";
  if (!first) return "The reps of today can book what is asked for";
  if (first.hires === "too late")
    return `From ${first.label} on reps are missing, and hiring comes too late for it`;
  if (first.hires === "too many")
    return `From ${first.label} on more is missing than hiring can make up: more than ten hires for each rep there is`;
  return `From ${first.label} on ${count(first.hires ?? 0)} more ${first.hires === 1 ? "rep is" : "reps are"} missing, if all began tomorrow`;
}
