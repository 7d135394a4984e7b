/** One deal on the Deals page: its whole life as a timeline, its flags, its chance, and how won deals compare. */
import {html} from "htl";
import {Chart} from "../components/chart.js";
import {type LaneMark, type LaneSpan, Lanes} from "../components/charts/lanes.js";
import type {Picked} from "../components/choice.js";
import {Empty} from "../components/empty.js";
import {capitalised, count, date, days, money, percent} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {colour, stageRamp, tint} from "../components/palette.js";
import {safeLink} from "../components/safeLink.js";
import {
  type Comparison,
  compare,
  type DealLivesData,
  normOf,
  rowsOf,
  type Step,
  type StepKind,
  staysOf,
  stepsOf
} from "../slices/dealLives.js";
import {cell} from "../slices/facts.js";
import {type DealRow, dealRows} from "./deals.js";
import type {PageContext} from "./pageContext.js";
import {holdsNo} from "./wholeFirm.js";

const LANES: Record<StepKind, string> = {
  stage: "Stage",
  amount: "Amount",
  close_on: "Close date",
  category: "Category",
  owner: "Owner",
  outcome: "Outcome",
  activity: "Activities",
  registration: "Registration"
};
/** What the stage tells already is in the table alone. */
const DRAWN: readonly StepKind[] = [
  "stage",
  "amount",
  "close_on",
  "category",
  "owner",
  "activity",
  "registration"
];

/** The deal that is chosen; an empty element while none is. */
export function DealLife(
  context: PageContext,
  data: DealLivesData,
  {id, isByHand}: Picked,
  onClose: () => void
): HTMLElement {
  if (id === null) return html`<div hidden></div>`;
  const close = html`<button type="button" class="weir-button">Back to all deals</button>`;
  close.addEventListener("click", onClose);
  const ids = data.deals.columns["deal_id"];
  const row = ids?.kind === "text" ? ids.values.indexOf(id) : -1;
  if (row < 0)
    return html`<section class="weir-deal" aria-label="Deal">
      ${Empty({
        reason: `The deal ${id} is not on this page.`,
        action: "It was closed more than a year before the as-of day, or the exports do not have it."
      })}<p>${close}</p>
    </section>`;
  const [deal] = dealRows(context, [row]) as [DealRow];
  const heading = html`<h2 class="weir-table-caption" tabindex="-1">${deal.deal_name}</h2>` as HTMLElement;
  if (isByHand) requestAnimationFrame(() => heading.focus());
  const address = context.site.dealUrl?.replace("{id}", encodeURIComponent(deal.deal_id));
  const facts = [deal.account_name, deal.stage, deal.owner, ...dated(deal)].filter(Boolean).join(" · ");
  return html`<section class="weir-deal" aria-label=${`Deal ${deal.deal_name}`}>
    ${heading}
    <p class="weir-table-status">${facts}</p>
    <p>${close} ${address ? safeLink(address, "Open in the CRM") : null}</p>
    ${Figures(context, data, row, deal)}
    ${Says(data, row)}
    ${Timeline(context, data, row, deal)}
  </section>`;
}

function dated({closed_on, close_on, created_on}: DealRow): string[] {
  return [
    ...(created_on ? [`created ${date(created_on)}`] : []),
    ...(closed_on ? [`closed ${date(closed_on)}`] : close_on ? [`due ${date(close_on)}`] : [])
  ];
}

/** Amount, age or cycle, days in stage, chance: the middle two beside won deals. */
function Figures({site}: PageContext, data: DealLivesData, row: number, deal: DealRow): HTMLElement {
  const word = (column: string) => cell(data.deals, column, row) as string | null;
  const [pipeline, segment] = [word("pipeline"), word("segment")];
  const isOpen = deal.closed_on === null;
  const lived = isOpen ? deal.age_days : deal.cycle_days;
  const whole = compare(lived, normOf(data, pipeline, null, segment));
  const stay = compare(deal.stage_days, normOf(data, pipeline, deal.stage, segment));
  const chance = data.chances.find((each) => each.deal === row);
  const own = word("currency_code");
  const ownAmount = cell(data.deals, "amount_deal_currency", row) as number | null;
  const figures = [
    Kpi({
      label: "Amount",
      value: deal.amount,
      unit: "money",
      currency: site.currency,
      reason: holdsNo(site, "amount of it"),
      ...(own && own !== site.currency && ownAmount !== null
        ? {note: `${money(ownAmount, own, {exact: true})} in its own currency`}
        : {})
    }),
    Kpi({
      label: isOpen ? "Age" : "Creation to won",
      value: lived,
      unit: "days",
      note: besides(whole),
      reason: isOpen ? holdsNo(site, "day of its creation") : "It was not won."
    })
  ];
  if (isOpen)
    figures.push(
      Kpi({
        label: `Days in ${deal.stage ?? "its stage"}`,
        value: deal.stage_days,
        unit: "days",
        note: besides(stay),
        reason: holdsNo(site, "stage history")
      }),
      Kpi({
        label: "Chance to be won this quarter",
        value: chance?.p_quarter ?? null,
        unit: "ratio",
        reason: "The forecast does not score it.",
        ...(chance
          ? {note: `in 26 weeks ${percent(chance.p_half_year)} won, ${percent(chance.p_lost)} lost`}
          : {})
      })
    );
  return kpiRow(figures);
}

function besides(compared: Comparison | null): string {
  if (!compared) return "Too few won deals to compare with";
  const {norm, verdict} = compared;
  const of = norm.segment === "(all)" || norm.segment === "(none)" ? "" : ` of ${norm.segment}`;
  return `${capitalised(verdict)}${of}: median ${days(norm.median)}, 90% within ${days(norm.p90)} (${count(norm.n)} deals)`;
}

/** Flags, and the forecast's reasons, in words. */
function Says(data: DealLivesData, row: number): HTMLElement {
  const flags = rowsOf(data.flags, row).map(
    (flag) => `${cell(data.flags, "label", flag)} (${cell(data.flags, "severity", flag)})`
  );
  const chance = data.chances.find(({deal}) => deal === row);
  const isOpen = cell(data.deals, "outcome", row) === "open";
  const lost = cell(data.deals, "loss_reason", row);
  const lines = [
    ...(isOpen ? [["Flags", flags.length > 0 ? flags.join("; ") : "none"]] : []),
    ...(lost === null ? [] : [["Lost because", String(lost)]]),
    ...(chance ? [["Why this chance, compared with the average open deal", chance.why]] : []),
    ...(chance?.doubt ? [["Hard to believe", chance.doubt]] : [])
  ];
  return html`<div>${lines.map(([label, text]) => html`<p class="weir-chart-note"><strong>${label}:</strong> ${text}</p>`)}</div>`;
}

/** The deal's life, a lane for each kind of thing that can change; the same as a table. */
function Timeline({site}: PageContext, data: DealLivesData, row: number, deal: DealRow): HTMLElement {
  const steps = stepsOf(data, row);
  const currency = cell(data.deals, "currency_code", row) as string | null;
  const say = (kind: StepKind, value: Step["to"]) => (value === null ? "none" : said(kind, value, currency));
  const last = steps.at(-1)?.on ?? site.asOf;
  const end = deal.closed_on === null ? site.asOf : deal.closed_on > last ? deal.closed_on : last;
  const open = site.stages.filter(({kind}) => kind === "open").map(({stage}) => stage);
  const ramp = stageRamp(Math.max(1, open.length));
  const stages = new Map([
    ...open.map((stage, i) => [stage, `color-mix(in oklab, ${ramp[i]} 45%, ${colour("surface")})`] as const),
    ...site.stages.flatMap(({stage, kind}) => (kind === "open" ? [] : [[stage, tint(kind, 0.4)] as const]))
  ]);
  const spans = staysOf(steps, end)
    .filter(({kind}) => DRAWN.includes(kind))
    .map(
      ({kind, from, to, value, isAssumed}): LaneSpan => ({
        lane: LANES[kind],
        from,
        to,
        label: say(kind, value),
        detail: `${say(kind, value)}${isAssumed ? " (assumed)" : ""}`,
        fill: (kind === "stage" ? stages.get(String(value)) : undefined) ?? tint("muted", 0.18)
      })
    );
  const marks = steps
    .filter(({kind}) => kind === "activity" || kind === "registration")
    .map(
      ({kind, on, to}): LaneMark => ({
        lane: LANES[kind],
        on,
        label: String(to),
        fill: colour(kind === "registration" ? "partner" : "open")
      })
    );
  const used = new Set([...spans, ...marks].map(({lane}) => lane));
  const rows = steps.map(({kind, on, from, to, isFirst, isAssumed}) => ({
    on,
    what: LANES[kind],
    from: isFirst || from === null ? null : say(kind, from),
    to: `${say(kind, to)}${isAssumed ? " (assumed)" : ""}`
  }));
  return Chart({
    title: "History of the deal",
    subtitle: summary(steps, deal, end),
    rows,
    columns: [
      {key: "on", label: "Day", unit: "date"},
      {key: "what", label: "What", unit: "text"},
      {key: "from", label: "From", unit: "text", missing: "nothing before"},
      {key: "to", label: "To", unit: "text"}
    ],
    name: "deal-life",
    empty: {
      reason: "Its steps are not on this page.",
      action: "The page holds the lives of the largest open deals; the mart deal_steps has them all."
    },
    render: (width) =>
      Lanes({
        lanes: DRAWN.map((kind) => LANES[kind]).filter((lane) => used.has(lane)),
        spans,
        marks,
        width,
        asOf: deal.closed_on === null ? site.asOf : null
      })
  });
}

/** The chart in a sentence. */
function summary(steps: readonly Step[], deal: DealRow, end: string): string {
  const changed = (kind: StepKind) => steps.filter((step) => step.kind === kind && !step.isFirst).length;
  const times = (n: number, one: string, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;
  const parts = [
    times(changed("stage"), "stage step"),
    times(changed("amount"), "change of amount", "changes of amount"),
    times(changed("close_on"), "change of the close date", "changes of the close date"),
    times(changed("owner"), "change of owner", "changes of owner"),
    times(changed("activity"), "activity", "activities")
  ];
  const from = deal.created_on ?? steps[0]?.on ?? end;
  return `${date(from)} to ${date(end)}: ${parts.join(", ")}`;
}

function said(kind: StepKind, value: string | number, currency: string | null): string {
  if (kind === "amount") return money(Number(value), currency, {exact: true});
  return kind === "close_on" ? date(String(value)) : String(value).replaceAll("_", " ");
}
