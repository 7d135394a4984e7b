/** The People page: how people call their deals, as far as numbers can tell. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {bothEnds} from "../components/charts/bothEnds.js";
import {Dots} from "../components/charts/dots.js";
import {DataTable} from "../components/dataTable.js";
import {count, date, percent, signed as withSign} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import type {CountedShare, PeopleFigures, ShownRate} from "../figures/people.js";
import type {ChosenAsOf} from "./asOf.js";
import {showDeals} from "./deals.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

const NO_CALLS = {
  reason: "Nobody can be judged: the exports hold no change log of close dates.",
  action: "Export the field history of close dates, owners and forecast categories, and map it to deal_event."
};

/** One sentence: how many lean, how many cannot be told. */
export function peopleAnswer(
  {site}: PageContext,
  {asOf}: ChosenAsOf,
  {people: {n}, leans}: PeopleFigures
): Content | null {
  if (n === 0) return null;
  return [
    asOf === site.asOf ? "Of " : `By what was known at the end of ${date(asOf)}, of `,
    html`<strong>${count(n)}</strong>`,
    " people, ",
    html`<strong>${count(leans.early)}</strong>`,
    " set close dates too early and ",
    html`<strong>${count(leans.late)}</strong>`,
    ` too late, compared with their colleagues; for ${count(leans.unknown)} there is not enough data to tell.`
  ];
}

/** Of all together: won late, slipped, late adds, called and won. */
export function peopleKpis(
  context: PageContext,
  {lateWins, slipped, lateAdds, calledWon}: PeopleFigures
): HTMLElement {
  const share = (label: string, counted: CountedShare, nLabel: string, key: string, note: string) => {
    const {value, n, deals} = counted;
    const hits = Math.round((value ?? 0) * n);
    // A deal that slipped in several quarters is one of the list, and several of the hits.
    const behind =
      value === null
        ? {n, nLabel}
        : {
            n: deals.n,
            nLabel:
              hits === deals.n
                ? `of ${count(n)} ${nLabel}`
                : `${deals.n === 1 ? "deal" : "deals"} that slipped`
          };
    return Kpi({
      ...{label, value, ...behind, note, unit: "ratio"},
      how: definitionOf(context, key),
      reason: "The exports hold no such deals.",
      ...(deals.n > 0
        ? {
            onOpen: () =>
              showDeals(context, deals, {
                title: label,
                scope: scopeOfShare(counted, nLabel),
                value,
                unit: "ratio",
                made: `${count(hits)} / ${count(n)} = ${percent(value)}`
              })
          }
        : {})
    });
  };
  return kpiRow([
    share("Won later than first stated", lateWins, "deals won", "late_wins", "of won deals"),
    share("Slip rate", slipped, "deals due", "quarter_calls", "of deals due at quarter start"),
    share("Late adds", lateAdds, "deals won", "quarter_calls", "won, but not due at quarter start"),
    share(
      "Commit and best case won",
      calledWon,
      "deals",
      "quarter_calls",
      "of deals in either at quarter start"
    )
  ]);
}

/** What the listed deals are of how many: only slips can be more than deals, each in another quarter. */
export function scopeOfShare({value, n, deals}: CountedShare, nLabel: string): string {
  const hits = Math.round((value ?? 0) * n);
  return hits > deals.n
    ? `${count(hits)} slips of ${count(n)} ${nLabel}, quarter by quarter; a deal that slipped in several is listed once`
    : `${count(hits)} of ${count(n)} ${nLabel}`;
}

/** Each person's share of wins that came late, with its interval against the colleagues'. */
export function LateWins(
  context: PageContext,
  {judged: {n: nJudged, ends: rows}, middle}: PeopleFigures
): HTMLElement {
  const overall = rows.length > 0 ? middle : null;
  const drawn = bothEnds(rows, ({rate}) => rate, "people", {of: nJudged});
  return Chart({
    title: "Who sets close dates too early, and who too late",
    subtitle: `Share of won deals that closed after the close date first stated, with 95% intervals; few deals are pulled towards the team's rate${drawn.said}`,
    rows,
    columns: [
      {key: "label", label: "Owner at the time", unit: "text"},
      {key: "rate", label: "Won late", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "n", label: "Won", unit: "count"}
    ],
    name: "late-wins",
    how: definitionOf(context, "late_wins"),
    note: "Interval entirely right of the line: dates too early (happy ears). Entirely left: dates too late (sandbagging). Across the line: no difference can be told. Hollow dot: fewer than 20 won deals; people with fewer than five are not shown.",
    empty: NO_CALLS,
    render: (width) =>
      Dots({
        rows: drawn.rows,
        width,
        overall,
        overallLabel: "median",
        meaning: "open",
        intervalLabel: "95% interval"
      })
  });
}

/** The four shares by what the page is cut by; a row opens the deals won late. */
export function PeopleBySlice(
  context: PageContext,
  {cut}: ChosenAsOf,
  {bySlice: {n, list}}: PeopleFigures
): HTMLElement {
  if (!cut) return html`<span></span>`;
  const rows = list.map(({value, lateWins, slipped, lateAdds, calledWon}) => ({
    ...{value, lateWins: lateWins.value, nWon: lateWins.n, deals: lateWins.deals},
    ...{slipped: slipped.value, nDue: slipped.n, lateAdds: lateAdds.value},
    ...{calledWon: calledWon.value, nCalled: calledWon.n}
  }));
  const missing = "no such deals";
  return DataTable(
    rows,
    [
      {key: "value", label: cut.label, unit: "text"},
      {key: "lateWins", label: "Won later than stated", unit: "ratio", missing},
      {key: "nWon", label: "Won", unit: "count"},
      {key: "slipped", label: "Slip rate", unit: "ratio", missing},
      {key: "nDue", label: "Due", unit: "count"},
      {key: "lateAdds", label: "Late adds", unit: "ratio", missing},
      {key: "calledWon", label: "Commit and best case won", unit: "ratio", missing},
      {key: "nCalled", label: "In commit or best case", unit: "count"}
    ],
    {
      of: n,
      caption: `The same by ${cut.label.toLowerCase()}, without adjustment. Select a row for the deals won late`,
      showCaption: true,
      pageSize: 12,
      onRow: ({value, lateWins, nWon, deals}) =>
        showDeals(context, deals, {
          title: `Won later than first stated, ${value}`,
          scope: `of ${count(nWon)} won`,
          value: lateWins,
          unit: "ratio"
        }),
      empty: NO_CALLS
    }
  );
}

/** Every person: the lean, and each figure with its interval. */
export function PeopleTable({people, signedRound}: PeopleFigures): HTMLElement {
  const words = (rate: ShownRate | null) =>
    rate === null || rate.trials === 0
      ? null
      : `${percent(rate.rate)} (${percent(rate.lo95)} to ${percent(rate.hi95)})`;
  const table = DataTable(
    people.list.map((each) => ({
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
      {key: "owner", label: "Owner at the time", unit: "text"},
      {key: "lean", label: "Close dates", unit: "text"},
      {key: "n", label: "Won", unit: "count"},
      {key: "days", label: "Median days late", unit: "days", missing: "too few"},
      {key: "late", label: "Won later than stated", unit: "text", missing: "none won"},
      {key: "slipped", label: "Slip rate", unit: "text", missing: "none due"},
      {key: "lateAdds", label: "Late adds", unit: "text", missing: "none won"},
      {key: "called", label: "Commit and best case won", unit: "text", missing: "none in either"},
      {key: "bias", label: "Amount bias", unit: "text", missing: "too few"},
      {key: "heaps", label: "More than colleagues on", unit: "text", missing: "nothing"},
      {key: "monthEnds", label: "Month-end dates", unit: "text", missing: "none won"},
      {key: "round", label: "Round amounts", unit: "text", missing: "none stated"}
    ],
    {
      of: people.n,
      caption: "Each person's forecasting, with 95% intervals (few deals are pulled towards the team's rate)",
      showCaption: true,
      pageSize: 15,
      empty: NO_CALLS
    }
  );
  const grain =
    signedRound.value !== null
      ? html`<p class="weir-chart-note">Round amounts have at most two digits before the zeros; ${percent(signedRound.value)} of signed amounts are that round. By chance, one close date in 21 falls on a month's last workday.</p>`
      : null;
  return html`<div>${table}${grain}</div>`;
}
