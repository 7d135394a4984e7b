/**
 * A twin's whole firm in memory as the forecast reads it: every save of every deal a state, and beside it the deal as it was
 * truly lived. Told without the way through exports and warehouse, which other tests hold; fields are as the CRM has them, but none is
 * missing, misspelt or filled in late.
 */
import {buildHistory, type SpanRow} from "../../loaders/forecast/history/buildHistory.ts";
import type {PipelineHistory} from "../../loaders/forecast/history/pipelineHistory.ts";
import {EQUIPMENT_TRUTH} from "../../loaders/twins/equipment/equipmentTruth.ts";
import type {Account} from "../../loaders/twins/firm/cast.ts";
import {CATEGORY} from "../../loaders/twins/firm/deal.ts";
import type {SoldDeal} from "../../loaders/twins/firm/soldDeal.ts";
import {drawWorld, type World} from "../../loaders/twins/firm/world.ts";
import {SOFTWARE_TRUTH} from "../../loaders/twins/software/softwareTruth.ts";
import {dealOdds} from "../../loaders/twins/truth/odds.ts";
import type {Firm} from "../../loaders/twins/writeTwin.ts";
import {TELLINGS} from "../coverage/market.ts";

/** A deal with what was planted. */
export interface ToldDeal {
  sold: SoldDeal;
  account: Account;
}

export interface ToldFirm {
  firm: Firm;
  world: World;
  history: PipelineHistory;
  /** In the order of the whole history's deals. */
  deals: ToldDeal[];
}

export const TRUTHS = {software: SOFTWARE_TRUTH, equipment: EQUIPMENT_TRUTH};
const CATEGORY_WORDS: Record<number, string> = {
  [CATEGORY.omitted]: "omitted",
  [CATEGORY.pipeline]: "pipeline",
  [CATEGORY.bestCase]: "best_case",
  [CATEGORY.commit]: "commit",
  [CATEGORY.closed]: "closed"
};
const LABELS = {
  deal_type: "Deal type",
  lead_source: "Lead source",
  channel: "Channel",
  partner: "Partner",
  product_family: "Product family",
  region: "Region",
  segment: "Segment",
  industry: "Industry"
};

/** A firm of so many deals, with as many reps and partners as the twin gives it; pure. */
export function tellFirm(firm: Firm, nDeals: number, seed: number): ToldFirm {
  const {spec, teller, ladders, ladderOf} = TELLINGS[firm];
  const {dealTypes, sources} = TRUTHS[firm];
  const world = drawWorld(spec, nDeals, seed);
  const tell = teller(world);
  const deals: ToldDeal[] = [];
  const rows: SpanRow[] = [];
  const attributes = Object.fromEntries(
    Object.keys(LABELS).map((name) => [name, new Map<string, string | null>()])
  );
  for (let index = 0; deals.length < nDeals; index++) {
    const story = tell(index);
    for (const sold of story.deals) add(sold, story.account);
  }
  const stages = ladders.flatMap(({stages: names}, ladder) =>
    [...names, "won", "lost"].map((name, i) => ({
      id: `${ladder}/${i}`,
      name,
      order: i + 1,
      kind: i < names.length ? ("open" as const) : i === names.length ? ("won" as const) : ("lost" as const),
      probability: i === names.length ? 1 : i > names.length ? 0 : null
    }))
  );
  const asOf = world.rhythm.exportDay;
  return {firm, world, deals, history: buildHistory({rows, stages, attributes, labels: LABELS, asOf})};

  function add(sold: SoldDeal, account: Account): void {
    const {facts, record, partnerIsInCrm} = sold;
    const deal = `D${deals.length}`;
    const ladder = ladderOf(sold);
    const nOpen = ladders[ladder]!.stages.length;
    deals.push({sold, account});
    for (const save of record.saves) {
      const from = Math.floor(save.at / 86_400);
      rows.push({
        deal,
        from,
        outcome: save.stage < nOpen ? "open" : save.stage === nOpen ? "won" : "lost",
        stage: `${ladder}/${save.stage}`,
        amount:
          save.amountCents === null ? null : save.amountCents / 100 / world.fx.rate(facts.currency, from),
        closeOn: save.closeDay,
        owner: `${world.cast.people[save.rep]!.name} ${save.rep}`,
        category: CATEGORY_WORDS[save.category]!
      });
    }
    const words: Record<keyof typeof LABELS, string | null> = {
      deal_type: dealTypes[facts.type]!.name,
      lead_source: sources[facts.source]!.name,
      channel: partnerIsInCrm ? "Partner" : "Direct",
      partner: partnerIsInCrm ? String(facts.partner) : null,
      product_family: spec.families[facts.family]!.name,
      region: account.region,
      segment: spec.segments[facts.segment]!.name,
      industry: account.industry
    };
    for (const [name, word] of Object.entries(words)) attributes[name]!.set(deal, word);
  }
}

/**
 * The exact chance that a deal is won in the days after a day, from its planted hazards and the stage it is truly in; 0 when it is
 * truly over, whatever the CRM still says.
 * @param more added to the logarithms of its hazards' multipliers
 */
export function chanceToWin(
  {firm, world}: Pick<ToldFirm, "firm" | "world">,
  {sold}: ToldDeal,
  day: number,
  days: number,
  more = {pull: 0, loss: 0}
): number {
  const {life, facts, multipliers} = sold;
  if (life.outcome !== "open" && life.outcomeDay <= day) return 0;
  const {processes, processOf} = TRUTHS[firm];
  const stage = life.moves.findLast((move) => move.day <= day)?.stage ?? 0;
  const changed = {
    ...multipliers,
    pull: multipliers.pull * Math.exp(more.pull),
    loss: multipliers.loss * Math.exp(more.loss)
  };
  const {hazards} = processes[processOf(facts)]!;
  return dealOdds(hazards, world.rhythm, changed, stage, day, days).wonWithin;
}
