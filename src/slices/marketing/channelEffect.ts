/** What campaigns make of the deals they bring: whether these are won more often than like deals that no campaign touched. */
import {type DoublyRobustEffect, doublyRobust} from "../doublyRobust.js";
import type {FactTable} from "../facts.js";
import {rowsOf, wordAt} from "../partners/columns.js";
import {factorsOf} from "../partners/likeDeals.js";
import type {Selection} from "./campaignRows.js";
import type {MarketingData} from "./marketingData.js";

/** Above this many deals every second, third ... is taken: the interval is narrow long before. */
const MOST_DEALS = 20_000;

export interface ChannelEffect {
  channel: string;
  robust: DoublyRobustEffect;
  /** What is held alike, in words. */
  alike: string[];
}

/** All campaigns of the selection first, then each channel by its closed deals. */
export function channelEffects(data: MarketingData, deals: FactTable, selection: Selection): ChannelEffect[] {
  const wanted = new Set(selection.campaigns);
  const channelOf = new Map<number, string>();
  for (const [i, deal] of data.sourced.deal.entries())
    if (wanted.has(data.sourced.campaign[i]!))
      channelOf.set(deal, data.campaigns[data.sourced.campaign[i]!]!.channel);
  const touched = new Set([...data.sourced.deal, ...data.influenced.deal]);
  const closed = rowsOf(deals).filter((deal) => {
    const outcome = wordAt(deals, "outcome", deal);
    return (outcome === "won" || outcome === "lost") && (selection.deals?.has(deal) ?? true);
  });
  const alone = closed.filter((deal) => !touched.has(deal));
  const sourced = closed.filter((deal) => channelOf.has(deal));
  const channels = new Map<string, number>();
  for (const deal of sourced)
    channels.set(channelOf.get(deal)!, (channels.get(channelOf.get(deal)!) ?? 0) + 1);
  const effect = (channel: string, mine: readonly number[]): ChannelEffect => {
    const both = [...mine, ...alone];
    const every = Math.ceil(both.length / MOST_DEALS);
    const some = both.filter((_, i) => i % every === 0);
    const treated = new Set(mine);
    const factors = factorsOf(deals, some, ["lead_source", "channel"]);
    return {
      channel,
      alike: factors.names,
      robust: doublyRobust({
        isTreated: some.map((deal) => treated.has(deal)),
        isWon: some.map((deal) => wordAt(deals, "outcome", deal) === "won"),
        factors: factors.words
      })
    };
  };
  if (sourced.length === 0) return [];
  return [
    effect("All campaigns", sourced),
    ...[...channels]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .map(([channel]) =>
        effect(
          channel,
          sourced.filter((deal) => channelOf.get(deal) === channel)
        )
      )
  ];
}
