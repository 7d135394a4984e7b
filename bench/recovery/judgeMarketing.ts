/** Marketing's projections, costs, curves and effects beside what was planted. */

import {campaignRows} from "../../src/slices/marketing/campaignRows.ts";
import {channelEffects} from "../../src/slices/marketing/channelEffect.ts";
import {acquisitionRange, type MarketingData} from "../../src/slices/marketing/marketingData.ts";
import {dayAt, wordAt} from "../../src/slices/partners/columns.ts";
import type {JudgedFirm, Judgement, Statement} from "./judgedFirm.ts";

const Z80 = 1.281552;

export function judgeMarketing(judged: JudgedFirm, data: MarketingData): Judgement {
  const {planted} = judged;
  const named = data.sourced.deal.flatMap((deal, i) =>
    planted[deal]?.campaign
      ? [{planted: planted[deal].campaign, said: data.campaigns[data.sourced.campaign[i]!]!.id}]
      : []
  );
  return {
    statements: [
      ...projections(judged, data),
      ...customers(judged, data),
      spend(data),
      ...effects(judged, data)
    ],
    tallies: [
      {
        what: "Sourcing campaign as planted, of deals with one in truth",
        right: named.filter((each) => each.said === each.planted).length,
        of: named.length
      }
    ]
  };
}

function everything(data: MarketingData) {
  return {campaigns: data.campaigns.map((_, row) => row), deals: null};
}

/** What became in a year of the deals that were open. */
function projections({deals, planted}: JudgedFirm, data: MarketingData): Statement[] {
  const rows = campaignRows(data, deals, everything(data));
  const channelOf = (i: number) => data.campaigns[data.sourced.campaign[i]!]!.channel;
  const later = data.sourced.deal.flatMap((deal, i) =>
    wordAt(deals, "outcome", deal) === "open" && planted[deal]?.outcome === "won"
      ? [
          {
            channel: channelOf(i),
            amount: (deals.columns["open_amount"] as {values: number[]}).values[deal]! / 100
          }
        ]
      : []
  );
  const of = ({mean, lo, hi}: {mean: number; lo: number; hi: number}) => ({estimate: mean, lo, hi});
  return [
    ...rows.channels.flatMap(({name, dealsToCome, toCome}): Statement[] => {
      const mine = later.filter(({channel}) => channel === name);
      const money = mine.reduce((sum, {amount}) => sum + amount, 0);
      return [
        {what: "Deals still to be won, by channel, 80%", ...of(dealsToCome), truth: mine.length},
        {what: "Money still to come, by channel, 80%", ...of(toCome), truth: money}
      ];
    }),
    ...(rows.total
      ? [
          {
            what: "Deals still to be won, all channels, 80%",
            ...of(rows.total.dealsToCome),
            truth: later.length
          }
        ]
      : [])
  ];
}

/** Cost a new customer; its truth is the same cost over the customers that the sourced deals' chances promised by the day. */
function customers({deals, planted, chances, asOf}: JudgedFirm, data: MarketingData): Statement[] {
  const {total} = campaignRows(data, deals, everything(data));
  const range = total && acquisitionRange(total);
  if (!total || !range || range.hi === null) return [];
  const expected = data.sourced.deal.reduce((sum, deal) => {
    const one = planted[deal];
    return one && /^New/.test(one.type) ? sum + chances.wonBy(one, asOf) : sum;
  }, 0);
  return [
    {
      what: "Cost a new customer, 80%",
      estimate: total.costLagged! / total.nNewCustomers,
      lo: range.lo,
      hi: range.hi,
      truth: total.costLagged! / expected
    }
  ];
}

/** The twins draw a campaign's budget apart from what it brings. */
function spend({curves: [curve]}: MarketingData): Statement {
  const half = curve ? Z80 * Math.sqrt(curve.varElasticity) : null;
  return {
    what: "Elasticity of deals to spend, 80%",
    estimate: curve?.elasticity ?? null,
    lo: curve ? curve.elasticity - half! : null,
    hi: curve ? curve.elasticity + half! : null,
    truth: 0
  };
}

/** Win rates of sourced deals against like deals that no campaign touched. */
function effects({deals, planted, chances, asOf}: JudgedFirm, data: MarketingData): Statement[] {
  return channelEffects(data, deals, everything(data)).map(({channel, robust}, k): Statement => {
    const treated = data.sourced.deal.flatMap((deal, i) => {
      const isOne = k === 0 || data.campaigns[data.sourced.campaign[i]!]!.channel === channel;
      const day = dayAt(deals, "closed_on", deal);
      const isClosed = day !== null && day <= asOf && wordAt(deals, "outcome", deal) !== "open";
      return isOne && isClosed && planted[deal] ? [planted[deal]] : [];
    });
    const gain = treated.reduce(
      (sum, deal) => sum + chances.rate(deal) - chances.rateWithoutCampaign(deal),
      0
    );
    return {
      what: `Sourced deals against like ones without a campaign, 95%: ${k === 0 ? "all campaigns" : "by channel"}`,
      estimate: robust.lo === null ? null : robust.difference,
      lo: robust.lo,
      hi: robust.hi,
      truth: treated.length > 0 ? gain / treated.length : 0
    };
  });
}
