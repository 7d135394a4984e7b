/** When people edit deals: in one go, on the eve of a review, at the end of a quarter. */
import {html} from "htl";
import {Chart} from "../components/chart.js";
import {Dots} from "../components/charts/dots.js";
import {DataTable} from "../components/dataTable.js";
import {count, percent} from "../components/format.js";
import type {PeopleFigures} from "../figures/people.js";
import type {Bunching, ReviewDay} from "../slices/edits.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
const NTH = ["first", "second", "third", "fourth"];
/** People drawn; the table has all. */
const MOST_DRAWN = 30;

/** What the log says of when deals are edited: a sentence, a chart of eves when reviews are known, and everybody in a table. */
export function EditsSection(context: PageContext, {edits}: PeopleFigures): HTMLElement {
  if (!edits)
    return html`<p class="weir-chart-note">When people edit is judged among all colleagues: of a firm of this size as of the newest day alone.</p>`;
  const {review, people} = edits;
  return html`<div>
    ${review ? Eves(context, edits, review) : null}
    ${EditTable(people, review)}
    <p class="weir-chart-note">${people.n > 0 ? words(edits) : ""}</p>
  </div>`;
}

type Edits = NonNullable<PeopleFigures["edits"]>;

function words({review, people, nBulk, onEves, atQuarterEnds}: Edits): string {
  const eve = review
    ? `The review day is inferred from the data: bulk edits cluster on the day before the ${nameOf(review)}. ${count(onEves)} people edit on that day more often than chance would have it. `
    : "Bulk edits cluster on no day of the month, so no review day is known and none is judged. ";
  return `${eve}${count(nBulk)} of ${count(people.n)} people regularly edit many deals at once, and ${count(atQuarterEnds)} push close dates on a quarter's last workday more often than chance would have it. All deals are counted: of the filters, only the owner's applies.`;
}

/** Share of each person's days of editing that are eves of reviews. */
function Eves(context: PageContext, {eves, chance}: Edits, review: ReviewDay): HTMLElement {
  const rows = eves.list;
  return Chart({
    title: "Who edits deals the day before a review",
    subtitle: `Share of each person's editing days that fell on the day before the ${nameOf(review)}, with 95% intervals${eves.n > MOST_DRAWN ? `; the ${MOST_DRAWN} with the largest share of ${count(eves.n)}` : ""}`,
    rows,
    columns: [
      {key: "label", label: "Who", unit: "text"},
      {key: "rate", label: "Day before a review", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "n", label: "Editing days", unit: "count"}
    ],
    name: "edits-on-the-eve",
    how: definitionOf(context, "edits"),
    note: "Hollow dot: fewer than 20 days; people with fewer than five are not shown.",
    empty: {reason: "Nobody in this selection has edited deals on five days.", action: "Clear a filter."},
    render: (width) =>
      Dots({
        rows: rows.slice(0, MOST_DRAWN),
        width,
        overall: chance,
        overallLabel: "by chance",
        meaning: "open",
        noun: "days",
        intervalLabel: "95% interval"
      })
  });
}

function EditTable({n, list}: Edits["people"], review: ReviewDay | null): HTMLElement {
  const said = (of: Bunching | null) =>
    !of || of.of === 0
      ? null
      : `${count(of.days)} of ${count(of.of)} (${percent(of.days / of.of)}), ${of.verdict}`;
  return DataTable(
    list.map(({actor, nDays, bulkDays, isBulk, eve, quarterEnd}) => ({
      actor,
      nDays,
      bulkDays,
      bulk: isBulk ? "yes" : "no",
      eve: said(eve),
      quarterEnd: said(quarterEnd)
    })),
    [
      {key: "actor", label: "Who", unit: "text"},
      {key: "nDays", label: "Editing days", unit: "count"},
      {key: "bulkDays", label: "With bulk edits", unit: "count"},
      {key: "bulk", label: "Regularly", unit: "text"},
      {
        key: "eve",
        label: "Day before a review",
        unit: "text",
        missing: review ? "none" : "review day unknown"
      },
      {key: "quarterEnd", label: "Pushes at quarter end", unit: "text", missing: "no pushes"}
    ],
    {
      of: n,
      caption: "When each person edits deals",
      showCaption: true,
      pageSize: 12,
      empty: {
        reason: "The exports do not say who changed deals and when.",
        action: "Export the field history with its authors, and map it to deal_event with actor_id."
      }
    }
  );
}

function nameOf({weekday, nth}: ReviewDay): string {
  return `${NTH[nth - 1]} ${WEEKDAYS[weekday - 1]} of the month`;
}
