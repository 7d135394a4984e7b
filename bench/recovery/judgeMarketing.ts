/** Marketing's projections, costs, curves and effects beside what was planted. */
import {SPEND_POWER} from "../../loaders/twins/firm/campaignCauses.ts";
import {campaignRows} from "../../src/slices/marketing/campaignRows.ts";
import type {CausedRange} from "../../src/slices/marketing/causedDeals.ts";
import {channelEffects} from "../../src/slices/marketing/channelEffect.ts";
import {
  acquisitionRange,
  type MarketingData,
  paybackMonths,
  paybackRange
} from "../../src/slices/marketing/marketingData.ts";
import {centsAt, dayAt, dealCents, wordAt} from "../../src/slices/partners/columns.ts";
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
      spend(judged, data),
      ...effects(judged, data),
      ...caused(judged, data)
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
function projections({deals, planted, chances}: JudgedFirm, data: MarketingData): Statement[] {
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
    ...rows.channels.map(({name, sourcedWon, toCome, luck}): Statement => {
      const mine = data.sourced.deal.filter((deal, i) => channelOf(i) === name && planted[deal]);
      const promised = mine.reduce(
        (sum, deal) => sum + (chances.rate(planted[deal]!) * dealCents(deals, deal)) / 100,
        0
      );
      return {
        what: "Money a channel's deals come to, as far as luck leaves it open, 80%",
        ...of({mean: sourcedWon + toCome.mean, ...luck}),
        truth: promised
      };
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
  const cost: Statement = {
    what: "Cost a new customer, 80%",
    estimate: total.costLagged! / total.costed.nNewCustomers,
    lo: range.lo,
    hi: range.hi,
    truth: total.costLagged! / expected
  };
  const {grossMargin} = data;
  const back = paybackRange(total, grossMargin);
  if (!back) return [cost];
  // Recurring money a month that the same deals promised, at the share of it in the amounts of those won.
  const firsts = data.sourced.deal.flatMap((deal, i) => {
    const one = planted[deal];
    return one && /^New/.test(one.type)
      ? [{deal, chance: chances.wonBy(one, asOf), monthly: data.sourced.monthly[i] ?? 0}]
      : [];
  });
  const won = firsts.filter(({deal}) => wordAt(deals, "outcome", deal) === "won");
  const money = (list: typeof firsts, of: (each: (typeof firsts)[number]) => number) =>
    list.reduce((sum, each) => sum + of(each), 0);
  const share = money(won, ({monthly}) => monthly) / money(won, ({deal}) => dealCents(deals, deal));
  const promised = share * money(firsts, ({deal, chance}) => chance * dealCents(deals, deal));
  return [
    cost,
    {
      what: "Months until new customers have paid back what they cost, 80%",
      estimate: paybackMonths(total, grossMargin),
      ...back,
      truth: total.costLagged! / (promised * (grossMargin ?? 1))
    }
  ];
}

/**
 * The power of money on deals credited: the planted power of the caused ones, times their share of those that the finished
 * campaigns of the curves are credited with.
 */
function spend({deals, planted, campaigns}: JudgedFirm, data: MarketingData): Statement {
  const [curve] = data.curves;
  const half = curve ? Z80 * Math.sqrt(curve.varElasticity) : null;
  const channels = new Set(data.curves.map(({channel}) => channel));
  const credited = data.sourced.deal.filter((_, i) => {
    const campaign = data.campaigns[data.sourced.campaign[i]!]!;
    return channels.has(campaign.channel) && campaigns.has(campaign.id);
  });
  const own = credited.filter((deal) => {
    const one = planted[deal];
    return one !== undefined && one.causedBy !== null && one.causedBy === one.campaign;
  });
  return {
    what: "Elasticity of deals to spend, 80%",
    estimate: curve?.elasticity ?? null,
    lo: curve ? curve.elasticity - half! : null,
    hi: curve ? curve.elasticity + half! : null,
    truth: deals.n > 0 && credited.length > 0 ? (SPEND_POWER * own.length) / credited.length : 0
  };
}

/** First deals that would not have come, as planted; of those won and their money, what really became of them by the day. */
function caused({deals, planted, campaigns, asOf}: JudgedFirm, data: MarketingData): Statement[] {
  const expected = (by: "channel" | "kind", unit: string) =>
    [...campaigns.values()].reduce((sum, each) => sum + (each[by] === unit ? each.expected : 0), 0);
  const wins = planted.flatMap((deal, row) =>
    deal?.causedBy && deal.outcome === "won" && deal.outcomeDay! <= asOf
      ? [{causedBy: deal.causedBy, amount: (centsAt(deals, "won_amount", row) ?? 0) / 100}]
      : []
  );
  const won = (unit: string) => wins.filter(({causedBy}) => campaigns.get(causedBy)!.channel === unit);
  const said = (what: string, range: CausedRange | null, truth: number): Statement => ({
    what,
    estimate: range?.estimate ?? null,
    lo: range?.lo ?? null,
    hi: range?.hi ?? null,
    truth
  });
  const {channel, kind} = data.caused;
  return [
    ...channel.units.flatMap(({unit, created, won: many, money, before}) => {
      const truth = expected("channel", unit);
      const which = truth > 0 ? "channels that cause" : "channels that cause nothing";
      return [
        said(`First deals that a channel caused, 95%: ${which}`, created, truth),
        said("First deals that a channel caused and won, 95%", many, won(unit).length),
        said(
          "Won money that a channel caused, 95%",
          money,
          won(unit).reduce((sum, {amount}) => sum + amount, 0)
        ),
        said("First deals above the usual before a channel's campaigns, 95%", before, 0)
      ];
    }),
    ...kind.units.map(({unit, created}) =>
      said("First deals that a kind of campaign caused, 95%", created, expected("kind", unit))
    ),
    ...channel.campaigns.map(({row, created}) =>
      said(
        "First deals that a single campaign caused, 95%",
        created,
        campaigns.get(data.campaigns[row]!.id)!.expected
      )
    )
  ];
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
