/** The People page: how people call their deals, as far as numbers can tell. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {bothEnds} from "../components/charts/bothEnds.js";
import {Dots} from "../components/charts/dots.js";
import {DataTable} from "../components/dataTable.js";
import {count, percent, signed as withSign} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {cell} from "../slices/facts.js";
import {joinDeals} from "../slices/joinDeals.js";
import {type Caller, callers, type PeopleData} from "../slices/people.js";
import {selectRows} from "../slices/select.js";
import type {ShrunkenRate} from "../slices/shrunkenRates.js";
import {definitionOf} from "./metricKpi.js";
import type {Chosen, PageContext} from "./pageContext.js";

const NO_CALLS = {
  reason: "Nobody can be judged: the exports hold no change log of close dates.",
  action: "Export the field history of close dates, owners and forecast categories, and map it to deal_event."
};

/** The selection's calls, worked out once. */
export interface ChosenPeople extends Chosen {
  data: PeopleData;
  people: Caller[];
  callRows: number[];
  firstRows: number[];
}

/** Works out what the filter bar asks for. */
export function choosePeople({facts}: PageContext, raw: PeopleData, chosen: Chosen): ChosenPeople {
  const deals = facts["deals"]!;
  const data = {calls: joinDeals(raw.calls, deals), first: joinDeals(raw.first, deals), edits: raw.edits};
  const callRows = selectRows(data.calls, chosen.filters);
  const firstRows = selectRows(data.first, chosen.filters);
  return {...chosen, data, callRows, firstRows, people: callers(data, callRows, firstRows)};
}

/** One sentence: how many lean, how many cannot be told. */
export function peopleAnswer({people}: ChosenPeople): Content | null {
  if (people.length === 0) return null;
  const n = (lean: Caller["lean"]) => people.filter((each) => each.lean === lean).length;
  return [
    "Of ",
    html`<strong>${count(people.length)}</strong>`,
    " people, ",
    html`<strong>${count(n("happy ears"))}</strong>`,
    " say close dates too early and ",
    html`<strong>${count(n("sandbagging"))}</strong>`,
    ` too late, against their colleagues; of ${count(n("not enough data"))} there is not enough data.`
  ];
}

/** Of all together: won late, slipped, late adds, called and won. */
export function peopleKpis(context: PageContext, {data, callRows, firstRows}: ChosenPeople): HTMLElement {
  const result = (row: number) => cell(data.calls, "result", row);
  const due = callRows.filter((row) => cell(data.calls, "was_due", row) === 1);
  const won = callRows.filter((row) => result(row) === "won");
  const called = due.filter((row) =>
    ["commit", "best_case"].includes(String(cell(data.calls, "category_then", row)))
  );
  const share = (
    label: string,
    rows: readonly number[],
    hit: (row: number) => boolean,
    nLabel: string,
    key: string
  ) =>
    Kpi({
      label,
      value: rows.length > 0 ? rows.filter(hit).length / rows.length : null,
      unit: "ratio",
      n: rows.length,
      nLabel,
      how: definitionOf(context, key),
      reason: "The exports hold no such deals."
    });
  return kpiRow([
    share(
      "Won after the date first said",
      firstRows,
      (row) => Number(cell(data.first, "days_late", row)) > 0,
      "won",
      "late_wins"
    ),
    share("Slipped out of the quarter", due, (row) => result(row) === "slipped", "due", "quarter_calls"),
    share(
      "Won, but not due at first",
      won,
      (row) => cell(data.calls, "was_due", row) !== 1,
      "won",
      "quarter_calls"
    ),
    share("Called and won", called, (row) => result(row) === "won", "called", "quarter_calls")
  ]);
}

/** Each person's share of wins that came late, with its interval against the colleagues'. */
export function LateWins(context: PageContext, {people}: ChosenPeople): HTMLElement {
  const known = people.filter(({late, lean}) => late !== null && lean !== "not enough data");
  const rows = known.map(({owner, late}) => ({
    label: owner,
    rate: late!.rate,
    lo: late!.lo95,
    hi: late!.hi95,
    n: late!.trials
  }));
  const overall = known[0]?.middle ?? null;
  const drawn = bothEnds(rows, ({rate}) => rate, "people");
  return Chart({
    title: "Who says close dates too early, and who too late",
    subtitle: `Share of won deals that came after the close date first said, shrunk towards the colleagues', with 95% intervals${drawn.said}`,
    rows,
    columns: [
      {key: "label", label: "Owner then", unit: "text"},
      {key: "rate", label: "Won late", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "n", label: "Won", unit: "count"}
    ],
    name: "late-wins",
    how: definitionOf(context, "late_wins"),
    note: "An interval wholly to the right of the line: happy ears; to the left: sandbagging. A hollow dot stands on fewer than 20 won deals; people with fewer than five won deals are not shown.",
    empty: NO_CALLS,
    render: (width) =>
      Dots({
        rows: drawn.rows,
        width,
        overall,
        overallLabel: "the middle one",
        meaning: "open",
        intervalLabel: "95% interval"
      })
  });
}

/** Every person: the lean, and each figure with its interval. */
export function PeopleTable({people, data, firstRows}: ChosenPeople): HTMLElement {
  const words = (rate: ShrunkenRate | null) =>
    rate === null || rate.trials === 0
      ? null
      : `${percent(rate.rate)} (${percent(rate.lo95)} to ${percent(rate.hi95)})`;
  const table = DataTable(
    people.map((each) => ({
      owner: each.owner,
      lean: each.lean,
      n: each.nFirst,
      days: each.medianDays,
      late: words(each.late),
      slipped: words(each.slipped),
      lateAdds: words(each.lateAdds),
      called: words(each.called),
      bias: each.amountBias === null ? null : withSign(each.amountBias, "ratio"),
      monthEnds: words(each.monthEnds),
      round: words(each.round),
      heaps: each.heaps.join(", ") || null
    })),
    [
      {key: "owner", label: "Owner then", unit: "text"},
      {key: "lean", label: "Close dates", unit: "text"},
      {key: "n", label: "Won", unit: "count"},
      {key: "days", label: "Median days late", unit: "days", missing: "too few"},
      {key: "late", label: "Won late", unit: "text", missing: "none won"},
      {key: "slipped", label: "Slipped", unit: "text", missing: "none due"},
      {key: "lateAdds", label: "Late adds", unit: "text", missing: "none won"},
      {key: "called", label: "Called and won", unit: "text", missing: "none called"},
      {key: "bias", label: "Amount bias", unit: "text", missing: "too few"},
      {key: "heaps", label: "Heaps, more than colleagues", unit: "text", missing: "no more"},
      {key: "monthEnds", label: "Month-end dates", unit: "text", missing: "none won"},
      {key: "round", label: "Round amounts", unit: "text", missing: "none won"}
    ],
    {
      caption: "How each person calls deals, shrunk towards the colleagues, with 95% intervals",
      showCaption: true,
      pageSize: 15,
      empty: NO_CALLS
    }
  );
  const signed = firstRows.filter((row) => cell(data.first, "is_won_round", row) === 1).length;
  const grain =
    firstRows.length > 0
      ? html`<p class="weir-chart-note">Round: at most two figures before the zeros. Of the amounts that were signed, ${percent(signed / firstRows.length)} are: so round are prices here anyway. By chance one close date in twenty-one is a month's last workday.</p>`
      : null;
  return html`<div>${table}${grain}</div>`;
}
