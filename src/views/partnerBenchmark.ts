/** Partners against their peers with honesty about small numbers. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {FunnelPlot} from "../components/charts/funnelPlot.js";
import {DataTable} from "../components/dataTable.js";
import {Empty} from "../components/empty.js";
import {count, percent} from "../components/format.js";
import {Later} from "../components/later.js";
import {type BenchmarkFigures, type LikeDealsFigures, MOST_POINTS} from "../figures/partnerBenchmark.js";
import {BENCHMARK_RECORD} from "../slices/partners/verdictRecord.js";
import {controlLimits, SURE} from "../slices/shrunkenRates.js";
import {showDeals} from "./deals.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";
import {pointer} from "./pageLinks.js";
import {LikeDeals} from "./partnerEffect.js";
import {noPartners} from "./partners.js";
import {DecisionTime, RegistrationSteps, RegistrationsBy} from "./registrations.js";
import {verdictRecordWords} from "./verdictRecord.js";

const LIMITS = [
  {z: 1.959964, label: "95%"},
  {z: 3.090232, label: "99.8%"}
];

const VERDICT = `A partner is told to win more or less where the chance is ${percent(SURE)} or more.`;

/** One sentence: how many partners can be told apart, and in which direction. */
export function benchmarkAnswer({
  peers: {peers, above, below, unknown, mean}
}: BenchmarkFigures): Content | null {
  if (mean === null) return null;
  return [
    "Of ",
    html`<strong>${count(peers.n)}</strong>`,
    " partners, ",
    html`<strong>${count(above)}</strong>`,
    " win more and ",
    html`<strong>${count(below)}</strong>`,
    ` less than the ${percent(mean)} they have in common; of ${count(unknown)} there is not enough data, and the others are as their peers as far as anybody can tell.`
  ];
}

/**
 * Everything below the page's filters.
 * @param likeDeals computes what takes longest, when its place is near
 */
export function BenchmarkPage(
  context: PageContext,
  figures: BenchmarkFigures,
  likeDeals: () => LikeDealsFigures
): HTMLElement {
  if (!figures.hasPartners) return Empty(noPartners(context.site));
  return html`<div class="weir-stack">
    ${PartnerFunnel(context, figures)}
    ${PartnerTable(context, figures)}
    <p class="weir-chart-note">${pointer(context.site, "What a partner is told of its peers in a site of its own: ", "compare", "How you compare")}</p>
    ${Later(520, () => LikeDeals(context, likeDeals()))}
    <div class="weir-columns">
      <div>${RegistrationSteps(context, figures)}</div>
      <div>${DecisionTime(context, figures)}</div>
    </div>
    ${RegistrationsBy(context, figures)}
  </div>`;
}

/** The funnel plot: each partner's raw win rate against how many deals are behind it. */
function PartnerFunnel(
  context: PageContext,
  {peers: {peers, above, below, points, mean, strength}}: BenchmarkFigures
): HTMLElement {
  return Chart({
    title: `${count(above + below)} of ${count(peers.n)} partners can be told from their peers`,
    subtitle:
      "Win rate of sourced and influenced deals closed in the last two years, by how many there are; dashed: where chance alone keeps 95% and 99.8%, filled beyond it" +
      (points.length < MOST_POINTS ? "" : `; drawn are the ${count(MOST_POINTS)} with most closed deals`),
    rows: points,
    columns: [
      {key: "label", label: "Partner", unit: "text"},
      {key: "rate", label: "Win rate", unit: "ratio"},
      {key: "n", label: "Closed", unit: "count"}
    ],
    name: "partner-funnel",
    how: definitionOf(context, "partner_win_rate"),
    note:
      mean === null
        ? ""
        : `The line is the partners' common rate, ${percent(mean)}. A partner's own ${count(Math.round(strength))} deals weigh as much as what is known of all of them.`,
    empty: {reason: "No deal of a partner has closed in the last two years.", action: "Clear a filter."},
    render: (width) =>
      FunnelPlot({
        points,
        mean: mean ?? 0,
        limits: (n, z) => controlLimits(mean ?? 0, n, z),
        lines: LIMITS,
        width
      })
  });
}

/** Every partner: money, the raw rate beside the shrunken one, its place among the peers, and whether that can be told. */
function PartnerTable(context: PageContext, figures: BenchmarkFigures): HTMLElement {
  const {above, below} = figures.peers;
  if (above + below === 0) return PartnersListed(context, figures);
  return html`<div>
    ${PartnersListed(context, figures)}
    <p class="weir-chart-note">Against peers: ${VERDICT} ${verdictRecordWords(BENCHMARK_RECORD)}</p>
  </div>`;
}

function PartnersListed(context: PageContext, {peers: {peers}}: BenchmarkFigures): HTMLElement {
  const {currency} = context.site;
  return DataTable(
    peers.list.map((peer) => ({
      ...peer,
      won: peer.wonCents / 100,
      open: peer.openCents / 100,
      between: `${percent(peer.lo)} to ${percent(peer.hi)}`
    })),
    [
      {key: "key", label: "Partner", unit: "text"},
      {key: "won", label: "Won in two years", unit: "money", currency, total: true},
      {key: "open", label: "Open", unit: "money", currency, total: true},
      {key: "verdict", label: "Against peers", unit: "text"},
      {key: "rate", label: "Win rate, shrunk", unit: "ratio"},
      {key: "between", label: "80% interval", unit: "text"},
      {key: "raw", label: "Raw", unit: "ratio", missing: "none closed"},
      {key: "trials", label: "Closed", unit: "count"},
      {key: "percentile", label: "Better than", unit: "ratio"}
    ],
    {
      of: peers.n,
      caption: "Partners and their peers, last two years",
      showCaption: true,
      pageSize: 15,
      onRow: ({key, deals}) =>
        showDeals(context, deals, {
          title: key,
          scope: "open, or closed in the last two years",
          value: deals.n,
          unit: "count"
        })
    }
  );
}
