/** Market and sell: what followed market funds, and what each partner has open and won. */
import {Chart} from "../../components/chart.js";
import {BarRows} from "../../components/charts/barRows.js";
import {DataTable} from "../../components/dataTable.js";
import {count, days, money, multiple} from "../../components/format.js";
import {colour, tint} from "../../components/palette.js";
import type {RateRatio} from "../../slices/partners/rateRatio.js";
import {definitionOf} from "../metricKpi.js";
import {type LifeCycle, listDeals, NO_PARTNERS, NO_PROGRAMME, Phase} from "./context.js";

const MOST_PARTNERS = 12;

/** Market funds to pipeline to won. */
export function Market(life: LifeCycle): HTMLElement {
  const {context, currency} = life;
  const {effect, cents, rows: all} = life.figures.funds;
  const window = days(life.figures.fundWindowDays);
  const steps = [
    {label: "Funds asked for", value: cents.requested / 100},
    {label: "Approved", value: cents.approved / 100},
    {label: "Claimed", value: cents.claimed / 100},
    {label: `Deals begun within ${window}`, value: cents.pipeline / 100},
    {label: "Of these won", value: cents.won / 100},
    {label: "Of these open", value: cents.open / 100}
  ];
  const chart = Chart({
    title: `After funds, partners bring deals ${ratioWords(effect)}`,
    subtitle: `Market funds of all time and the deals their partners began within ${window} of a claim, ${currency}`,
    rows: all.n > 0 ? steps : [],
    columns: [
      {key: "label", label: "Step", unit: "text"},
      {key: "value", label: "Amount", unit: "money", currency}
    ],
    name: "market-funds",
    how: definitionOf(context, "partner_funds"),
    note: `What follows funds need not come from them. The title compares the same partner's days within ${window} of a claim with its other days of the same year: ${count(effect.nInside)} deals within, ${count(effect.nOutside)} without.`,
    empty: NO_PROGRAMME("market funds"),
    render: (width) =>
      BarRows({
        rows: steps.map((step, i) => ({...step, key: i < 3 ? "funds" : "deals"})),
        keys: ["funds", "deals"],
        colours: [tint("partner", 0.55), colour("partner")],
        width,
        unit: "money",
        currency,
        order: "given"
      })
  });
  const list = DataTable(
    all.list.map((row) => ({
      partner: row.partner,
      tier: row.tier,
      requested: row.requestedCents / 100,
      approved: row.approvedCents / 100,
      claimed: row.claimedCents / 100,
      n: row.deals.n,
      pipeline: row.pipelineCents / 100,
      open: row.openCents / 100,
      won: row.wonCents / 100,
      back: row.claimedCents > 0 ? row.wonCents / row.claimedCents : null,
      deals: row.deals
    })),
    [
      {key: "partner", label: "Partner", unit: "text"},
      {key: "claimed", label: "Claimed", unit: "money", currency, total: true},
      {key: "n", label: "Deals after", unit: "count", total: true},
      {key: "pipeline", label: "Their amount", unit: "money", currency, total: true},
      {key: "won", label: "Won", unit: "money", currency, total: true},
      {key: "open", label: "Open", unit: "money", currency, total: true},
      {key: "back", label: "Won a unit claimed", unit: "multiple", missing: "none claimed"},
      {key: "tier", label: "Tier", unit: "text", missing: "none"},
      {key: "requested", label: "Asked for", unit: "money", currency, total: true},
      {key: "approved", label: "Approved", unit: "money", currency, total: true}
    ],
    {
      of: all.n,
      caption: `Market funds by partner, and deals begun within ${window} of a claim`,
      showCaption: true,
      pageSize: 8,
      search: false,
      onRow: ({partner, deals}) =>
        listDeals(life, deals, {
          title: partner,
          scope: `begun within ${window} of a claim`,
          value: deals.n,
          unit: "count"
        }),
      empty: NO_PROGRAMME("market funds")
    }
  );
  return Phase(
    {id: "market", name: "Market", question: "Do market funds turn into pipeline?"},
    chart,
    all.n > 0 ? list : null
  );
}

function ratioWords({ratio, lo, hi}: RateRatio): string {
  if (ratio === null || lo === null || hi === null) return "how often, there is not enough data to say";
  const range = `${multiple(lo)} to ${multiple(hi)}`;
  if (lo > 1) return `more often (${range} as often)`;
  return hi < 1
    ? `less often (${range} as often)`
    : `neither clearly more nor less often (${range} as often)`;
}

/** Pipeline and won now, by partner. */
export function Sell(life: LifeCycle): HTMLElement {
  const {context, currency} = life;
  const {hasParts, sellers} = life.figures;
  const {n: nSellers, list: rows} = sellers.rows;
  const top = rows.slice(0, MOST_PARTNERS);
  const [allWon, allOpen] = [sellers.wonCents / 100, sellers.openCents / 100];
  const bars = top.flatMap((row) => [
    {label: row.key, key: "Won in a year", value: row.won},
    {label: row.key, key: "Open now", value: row.open}
  ]);
  const topWon = top.reduce((total, row) => total + row.won, 0);
  const chart = Chart({
    title:
      allWon > 0
        ? `Partners won ${money(allWon, currency)} in a year and have ${money(allOpen, currency)} open`
        : `Partners have ${money(allOpen, currency)} open`,
    subtitle: `The ${count(top.length)} partners that won the most, ${currency}, last 365 days; each deal under one partner${
      allWon > 0 && nSellers > top.length
        ? `; they hold ${Math.round((100 * topWon) / allWon)}% of what was won`
        : ""
    }`,
    rows: bars,
    columns: [
      {key: "label", label: "Partner", unit: "text"},
      {key: "key", label: "Deals", unit: "text"},
      {key: "value", label: "Amount", unit: "money", currency}
    ],
    name: "partner-sales",
    how: definitionOf(context, "partner_sales"),
    empty: hasParts ? {reason: "No partner has a deal open, or closed one within a year."} : NO_PARTNERS,
    render: (width) =>
      BarRows({
        rows: bars,
        keys: ["Won in a year", "Open now"],
        colours: [colour("won"), colour("open")],
        width,
        unit: "money",
        currency,
        order: "given",
        onSelect: (label) => {
          const row = top.find(({key}) => key === label)!;
          listDeals(life, row.deals, {title: label, scope: SCOPE, value: row.deals.n, unit: "count"});
        }
      })
  });
  const list = DataTable(
    rows,
    [
      {key: "key", label: "Partner", unit: "text"},
      {key: "won", label: "Won in a year", unit: "money", currency, total: true},
      {key: "open", label: "Open now", unit: "money", currency, total: true},
      {key: "nWon", label: "Won", unit: "count", total: true},
      {key: "nLost", label: "Lost", unit: "count", total: true},
      {key: "nOpen", label: "Open deals", unit: "count", total: true},
      {key: "tier", label: "Tier", unit: "text", missing: "none"},
      {key: "newest", label: "Newest deal", unit: "date", missing: "not known"}
    ],
    {
      of: nSellers,
      caption: "Every partner's deals, the most won first",
      showCaption: true,
      pageSize: 8,
      search: false,
      onRow: ({key, deals}) =>
        listDeals(life, deals, {title: key, scope: SCOPE, value: deals.n, unit: "count"}),
      empty: NO_PARTNERS
    }
  );
  return Phase({id: "sell", name: "Sell", question: "Who sells now?"}, chart, rows.length > 0 ? list : null);
}

const SCOPE = "open, or closed in the last 365 days";
