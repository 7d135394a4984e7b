/** Registrations from submission to won, and partners against their peers with honesty about small numbers. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {FunnelPlot} from "../components/charts/funnelPlot.js";
import {Survival} from "../components/charts/survival.js";
import {DataTable} from "../components/dataTable.js";
import {count, days, money, percent} from "../components/format.js";
import {colour} from "../components/palette.js";
import {dayNumber, isoDay} from "../slices/facts.js";
import {daysUntilLeft} from "../slices/kaplanMeier.js";
import {originTotals} from "../slices/origins.js";
import {registrationFunnel, registrationRows, undecided} from "../slices/registrations.js";
import {selectRows} from "../slices/select.js";
import {controlLimits, fitPeers, type ShrunkenRate, shrunkenRates} from "../slices/shrunkenRates.js";
import {showDeals} from "./deals.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";
import {type ChosenPartners, NO_PARTNERS} from "./partners.js";

const TWO_YEARS = 730;
const NO_REGISTRATIONS = {
  reason: "The exports hold no deal registrations.",
  action: "Export them from the partner portal, and map them to registration."
};
const LIMITS = [
  {z: 1.959964, label: "95%"},
  {z: 3.090232, label: "99.8%"}
];

/** How far registrations came: submitted, approved, converted, won; and where the others ended. */
export function RegistrationSteps(context: PageContext, {data, filters}: ChosenPartners): HTMLElement {
  const {currency} = context.site;
  const funnel = registrationFunnel(data.registrations, selectRows(data.registrations, filters));
  const steps = [
    ["Submitted", funnel.submitted],
    ["Ever approved", funnel.approved],
    ["Became a deal", funnel.converted],
    ["Won", funnel.won],
    ["Rejected", funnel.rejected],
    ["Expired", funnel.expired],
    ["Withdrawn", funnel.withdrawn],
    ["Pending", funnel.pending],
    ["Two partners, one deal", funnel.rival]
  ] as const;
  const rows = steps.map(([label, {n, cents}], i) => ({
    label,
    value: n,
    share: funnel.submitted.n > 0 ? n / funnel.submitted.n : null,
    cents: cents / 100,
    key: i < 4 ? "on the way" : "elsewhere"
  }));
  return Chart({
    title: "How far registrations come",
    subtitle: `Registrations of all time, ${count(funnel.submitted.n)} of them worth ${money(funnel.submitted.cents / 100, currency)} as estimated`,
    rows: funnel.submitted.n > 0 ? rows : [],
    columns: [
      {key: "label", label: "State", unit: "text"},
      {key: "value", label: "Registrations", unit: "count"},
      {key: "share", label: "Of submitted", unit: "ratio"},
      {key: "cents", label: "Estimated", unit: "money", currency}
    ],
    name: "registrations",
    how: definitionOf(context, "registration_funnel"),
    empty: NO_REGISTRATIONS,
    render: (width) =>
      BarRows({
        rows: rows.map((row) => ({label: row.label, key: row.key, value: row.value})),
        keys: ["on the way", "elsewhere"],
        colours: [colour("partner"), colour("lost")],
        width,
        unit: "count",
        order: "given",
        noun: "registrations"
      })
  });
}

/** Share of registrations still without a decision by days since submission. */
export function DecisionTime(context: PageContext, {data, filters}: ChosenPartners): HTMLElement {
  const table = data.registrations;
  const curve = undecided(table, selectRows(table, filters), dayNumber(context.site.asOf));
  const half = daysUntilLeft(curve);
  const nine = daysUntilLeft(curve, 0.9);
  return Chart({
    title:
      half === null
        ? "How long a decision takes"
        : `Half are decided within ${days(half)}${nine === null ? "" : `, nine in ten within ${days(nine)}`}`,
    subtitle:
      "Share of registrations still undecided by days since submission, with 95% bands; pending ones count as such",
    rows: curve,
    columns: [
      {key: "t", label: "Day", unit: "days"},
      {key: "s", label: "Still undecided", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "nAtRisk", label: "At risk", unit: "count"}
    ],
    name: "time-to-decide",
    how: definitionOf(context, "time_to_decide"),
    empty: NO_REGISTRATIONS,
    render: (width) => Survival({rows: curve, width, meaning: "partner", words: "still undecided"})
  });
}

/** Registrations by tier (or kind): approval with its interval, time, conflicts, won. */
export function RegistrationsBy(
  context: PageContext,
  {data, filters}: ChosenPartners,
  key: "tier" | "partner" | "product" | "partner_region",
  label: string
): HTMLElement {
  const {currency, asOf} = context.site;
  const rows = registrationRows(
    data.registrations,
    selectRows(data.registrations, filters),
    key,
    dayNumber(asOf)
  );
  return DataTable(
    rows.map((row) => ({
      ...row,
      value: row.cents / 100,
      between: row.lo === null || row.hi === null ? null : `${percent(row.lo)} to ${percent(row.hi)}`
    })),
    [
      {key: "key", label, unit: "text"},
      {key: "n", label: "Submitted", unit: "count", total: true},
      {key: "value", label: "Estimated", unit: "money", currency, total: true},
      {key: "approved", label: "Approved", unit: "ratio", missing: "none decided"},
      {key: "between", label: "95% interval", unit: "text", missing: ""},
      {key: "daysToDecide", label: "Half decided in", unit: "days", missing: "fewer are"},
      {key: "won", label: "Won of closed", unit: "ratio", missing: "none closed"},
      {key: "rival", label: "Two partners", unit: "count"}
    ],
    {
      caption: `Registrations by ${label.toLowerCase()}`,
      showCaption: true,
      pageSize: 10,
      empty: NO_REGISTRATIONS
    }
  );
}

/** A partner's deals of the two years to the day against its peers'. */
interface Peer extends ShrunkenRate {
  wonCents: number;
  openCents: number;
  nOpen: number;
  deals: number[];
}

function peersOf(
  {facts, site}: PageContext,
  {data, filters}: ChosenPartners
): {peers: Peer[]; mean: number | null; strength: number} {
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
