/** Partners against their peers with honesty about small numbers. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {FunnelPlot} from "../components/charts/funnelPlot.js";
import {DataTable} from "../components/dataTable.js";
import {count, percent} from "../components/format.js";
import {dayNumber, isoDay} from "../slices/facts.js";
import {originTotals} from "../slices/origins.js";
import {selectRows} from "../slices/select.js";
import {controlLimits, fitPeers, type ShrunkenRate, shrunkenRates} from "../slices/shrunkenRates.js";
import {showDeals} from "./deals.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";
import {type ChosenPartners, NO_PARTNERS} from "./partners.js";

const TWO_YEARS = 730;
const LIMITS = [
  {z: 1.959964, label: "95%"},
  {z: 3.090232, label: "99.8%"}
];

/** A partner's deals of the two years to the day against its peers'. */
interface Peer extends ShrunkenRate {
  wonCents: number;
  openCents: number;
  nOpen: number;
  deals: number[];
}

interface Peers {
  peers: Peer[];
  mean: number | null;
  strength: number;
}

/** Worked out once a selection: three parts of the page ask. */
const known = new WeakMap<ChosenPartners, Peers>();

function peersOf(context: PageContext, chosen: ChosenPartners): Peers {
  const found = known.get(chosen) ?? comparePeers(context, chosen);
  known.set(chosen, found);
  return found;
}

function comparePeers({facts, site}: PageContext, {data, filters}: ChosenPartners): Peers {
  const period = {from: isoDay(dayNumber(site.asOf) - TWO_YEARS + 1), to: site.asOf};
  const totals = originTotals(
    data.origins,
    facts["deals"]!,
    selectRows(data.origins, filters),
    "origin_partner",
    period
  );
  const trials = totals.map(({key, nWon, nLost}) => ({key, successes: nWon, trials: nWon + nLost}));
  const common = fitPeers(trials);
  if (!common) return {peers: [], mean: null, strength: 0};
  const rates = shrunkenRates(trials, common);
  const peers = rates.map((rate, i) => {
    const {wonCents, openCents, nOpen, open, won, lost} = totals[i]!;
    return {...rate, wonCents, openCents, nOpen, deals: [...open, ...won, ...lost]};
  });
  return {peers, mean: common.mean, strength: common.strength};
}

/** One sentence: how many partners can be told apart, and in which direction. */
export function benchmarkAnswer(context: PageContext, chosen: ChosenPartners): Content | null {
  const {peers, mean} = peersOf(context, chosen);
  if (mean === null) return null;
  const n = (wanted: string) => peers.filter(({verdict}) => verdict === wanted).length;
  return [
    "Of ",
    html`<strong>${count(peers.length)}</strong>`,
    " partners, ",
    html`<strong>${count(n("above"))}</strong>`,
    " win more and ",
    html`<strong>${count(n("below"))}</strong>`,
    ` less than the ${percent(mean)} they have in common; of ${count(n("not enough data"))} there is not enough data, and the others are as their peers as far as anybody can tell.`
  ];
}

/** The funnel plot: each partner's raw win rate against how many deals are behind it. */
export function PartnerFunnel(context: PageContext, chosen: ChosenPartners): HTMLElement {
  const {peers, mean, strength} = peersOf(context, chosen);
  const points = peers.flatMap(({key, raw, trials}) =>
    raw === null ? [] : [{label: key, n: trials, rate: raw}]
  );
  const apart = peers.filter(({verdict}) => verdict === "above" || verdict === "below").length;
  return Chart({
    title: `${count(apart)} of ${count(peers.length)} partners can be told from their peers`,
    subtitle:
      "Win rate of sourced and influenced deals closed in the last two years, by how many there are; dashed: where chance alone keeps 95% and 99.8%",
    rows: points,
    columns: [
      {key: "label", label: "Partner", unit: "text"},
      {key: "rate", label: "Won of closed", unit: "ratio"},
      {key: "n", label: "Closed", unit: "count"}
    ],
    name: "partner-funnel",
    how: definitionOf(context, "partner_win_rate"),
    note:
      mean === null
        ? ""
        : `The line is the partners' common rate, ${percent(mean)}. A partner's own ${count(Math.round(strength))} deals weigh as much as what is known of all of them.`,
    empty: chosen.hasPartners
      ? {reason: "No deal of a partner has closed in the last two years.", action: "Clear a filter."}
      : NO_PARTNERS,
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
export function PartnerTable(context: PageContext, chosen: ChosenPartners): HTMLElement {
  const {currency} = context.site;
  const {peers} = peersOf(context, chosen);
  return DataTable(
    peers.map((peer) => ({
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
      caption: "Partners and their peers, last two years",
      showCaption: true,
      pageSize: 15,
      onRow: ({key, deals}) =>
        showDeals(context, deals, {
          title: key,
          scope: "open, or closed in the last two years",
          value: deals.length,
          unit: "count"
        }),
      empty: NO_PARTNERS
    }
  );
}
