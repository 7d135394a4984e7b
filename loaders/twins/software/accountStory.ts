/** The story of one account: its first deal, and all that follows from it until the exports are made. */
import {TRACKED} from "../firm/campaignCauses.ts";
import type {Account, Campaign, Partner} from "../firm/cast.ts";
import {type DealFacts, type DealLine, unitPrice} from "../firm/deal.ts";
import {dealSeller} from "../firm/dealSeller.ts";
import {accountDrawer} from "../firm/drawAccount.ts";
import type {Teller} from "../firm/rehearsal.ts";
import type {PartnerRole, SoldDeal} from "../firm/soldDeal.ts";
import {isEmployed, isEvent, type World} from "../firm/world.ts";
import type {Rng} from "../random/rng.ts";
import {type DealPlan, drawDeal} from "./drawDeal.ts";
import {
  DEAL_TYPE,
  HAZARDS,
  MESS,
  PRODUCTS,
  QUOTE_STAGE,
  REMAINING_DAYS,
  SOURCE,
  SOURCES,
  STAGES
} from "./softwareFirm.ts";

export interface Subscription {
  product: number;
  startDay: number;
  endDay: number;
  arrCents: number;
  /** Position of the deal in the story; -1 for contracts older than the CRM. */
  deal: number;
}

export interface AccountStory {
  account: Account;
  deals: SoldDeal[];
  subscriptions: Subscription[];
}

interface PendingDeal {
  type: number;
  startDay: number;
  renewed?: DealLine[];
  /** For renewals: first day of the new term. */
  termDay?: number;
}

const NEW_SOURCES = [SOURCE.web, SOURCE.event, SOURCE.outbound, SOURCE.partner, SOURCE.referral];
const NEW_SOURCE_WEIGHTS = NEW_SOURCES.map((source) => SOURCES[source]!.weight);
const TERM_DAYS = 365;

/** The teller of the software firm. */
export function accountTeller(world: World): Teller<AccountStory> {
  const {streams, rhythm} = world;
  const drawAccount = accountDrawer(world);
  const accountRng = streams.reuse("account");
  const factsRng = streams.reuse("deal.facts");
  const causeRng = streams.reuse("deal.tracked");
  const sellDeal = dealSeller(world, {
    hazards: HAZARDS,
    quoteStage: QUOTE_STAGE,
    categories: STAGES.map((stage) => stage.category),
    remainingDays: REMAINING_DAYS,
    missingAmount: MESS.missingAmount
  });

  return (index) => {
    const rng = accountRng(index);
    const account = drawAccount(index, rng);
    const pending: PendingDeal[] = [{type: DEAL_TYPE.new, startDay: account.createdDay}];
    const story: AccountStory = {account, deals: [], subscriptions: []};
    if (account.isCustomer) foundingContract(world, story, pending, rng);
    for (let nth = 0; pending.length > 0 && nth < 40; nth++) {
      pending.sort((a, b) => a.startDay - b.startDay);
      const next = pending.shift()!;
      if (next.startDay > rhythm.exportDay) break;
      const sold = sell(story, next, nth, rng);
      if (!sold) continue;
      follow(story, sold, next, pending, rng);
    }
    return story;
  };

  function sell(
    {account, deals}: AccountStory,
    pending: PendingDeal,
    nth: number,
    rng: Rng
  ): SoldDeal | null {
    const facts = factsRng(account.index, nth);
    const plan = planDeal(world, account, pending, nth, facts, causeRng);
    const drawn = drawDeal(world, plan, facts);
    const sale = sellDeal(drawn, nth, {
      isPushed: plan.rep.habit === "quarter_pusher",
      amountIsKnown: pending.type === DEAL_TYPE.renewal
    });
    const partnerIsInCrm =
      plan.role === "sourced" ? !rng.chance(MESS.partnerNotInCrm) : !rng.chance(MESS.influenceNotInCrm);
    if (!sale) return null;
    const {saves} = sale.record;
    account.rep = saves[saves.length - 1]!.rep;
    const sold: SoldDeal = {
      ...sale,
      facts: drawn,
      partnerRole: plan.role,
      partnerIsInCrm: plan.role !== "none" && partnerIsInCrm
    };
    drawn.name = dealName(account, drawn, nth);
    deals.push(sold);
    return sold;
  }

  function follow(
    story: AccountStory,
    sold: SoldDeal,
    {termDay}: PendingDeal,
    pending: PendingDeal[],
    rng: Rng
  ): void {
    const {facts, life} = sold;
    if (life.outcome === "lost" && facts.type === DEAL_TYPE.new && rng.chance(0.28))
      pending.push({type: DEAL_TYPE.new, startDay: life.outcomeDay + 120 + rng.int(300)});
    if (life.outcome !== "won") return;
    const wasCustomer = story.account.isCustomer;
    story.account.isCustomer = true;
    const startDay = termDay ?? life.outcomeDay + 1 + rng.int(14);
    const lines = facts.lines.filter(({product}) => PRODUCTS[product]!.kind === "subscription");
    for (const line of lines)
      story.subscriptions.push({
        product: line.product,
        startDay,
        endDay: startDay + TERM_DAYS - 1,
        arrCents: unitPrice(line, facts.finalDiscount) * line.quantity,
        deal: story.deals.length - 1
      });
    if (lines.length > 0) {
      const renewed = lines.map((line) => ({...line, listCents: unitPrice(line, facts.finalDiscount)}));
      pending.push(renewalOf(renewed, startDay + TERM_DAYS, rng));
    }
    if (!wasCustomer || facts.type !== DEAL_TYPE.renewal) {
      const wait = Math.round(90 + 420 * rng.exponential());
      pending.push({type: DEAL_TYPE.expansion, startDay: life.outcomeDay + wait});
    }
  }
}

/** A renewal is opened three to four months before the new term. */
function renewalOf(renewed: DealLine[], termDay: number, rng: Rng): PendingDeal {
  return {type: DEAL_TYPE.renewal, startDay: termDay - 100 - rng.int(25), renewed, termDay};
}

/** Contracts signed before the CRM was there: their renewals come, their first deals are nowhere. */
function foundingContract(world: World, story: AccountStory, pending: PendingDeal[], rng: Rng): void {
  const {first} = world.rhythm;
  const {account} = story;
  const plan: DealPlan = {
    account,
    type: DEAL_TYPE.new,
    source: SOURCE.customer,
    startDay: first,
    rep: world.cast.people[account.rep]!,
    partnerShare: 0,
    causedBy: -1
  };
  const {lines} = drawDeal(world, plan, rng);
  const startDay = first - 1 - rng.int(TERM_DAYS - 130);
  const renewed = lines.filter(({product}) => PRODUCTS[product]!.kind === "subscription");
  pending.length = 0;
  for (const line of renewed)
    story.subscriptions.push({
      product: line.product,
      startDay,
      endDay: startDay + TERM_DAYS - 1,
      arrCents: line.listCents * line.quantity,
      deal: -1
    });
  if (renewed.length > 0) pending.push(renewalOf(renewed, startDay + TERM_DAYS, rng));
  pending.push({type: DEAL_TYPE.expansion, startDay: first + Math.round(420 * rng.exponential())});
}

function planDeal(
  world: World,
  account: Account,
  pending: PendingDeal,
  nth: number,
  rng: Rng,
  trackedRng: (i: number) => Rng
): DealPlan & {role: PartnerRole} {
  const {startDay, type, renewed} = pending;
  const holder = world.cast.people[account.rep]!;
  const rep = isEmployed(holder, startDay) ? holder : world.pickRep(account.region, startDay, rng);
  const isNew = type === DEAL_TYPE.new;
  const usual = isNew ? NEW_SOURCES[rng.weighted(NEW_SOURCE_WEIGHTS)]! : SOURCE.customer;
  const cause = nth === 0 ? world.cast.campaigns[account.causedBy] : undefined;
  const named = cause && trackedRng(account.index).chance(TRACKED) ? cause : undefined;
  const source = named ? (isEvent(named) ? SOURCE.event : SOURCE.web) : usual;
  let campaign: Campaign | undefined = named;
  if (!named && source === SOURCE.web && rng.chance(0.7))
    campaign = world.pickCampaign(account.region, startDay, "web", rng);
  if (!named && source === SOURCE.event)
    campaign = world.pickCampaign(account.region, startDay, "event", rng);
  let partner: Partner | undefined;
  let role: PartnerRole = "none";
  const influence = rng.chance(isNew ? 0.13 : 0.08);
  if (source === SOURCE.partner || influence) {
    partner = world.pickPartner(account.region, startDay, rng);
    if (partner) role = source === SOURCE.partner ? "sourced" : "influenced";
  }
  return {
    account,
    type,
    source,
    startDay,
    rep,
    campaign,
    causedBy: cause?.index ?? -1,
    partner,
    partnerShare: role === "influenced" ? 0.5 : 1,
    renewed,
    role
  };
}

const TYPE_WORDS = ["", "expansion", "renewal"];

function dealName(account: Account, facts: DealFacts, nth: number): string {
  const what = PRODUCTS[facts.lines[0]!.product]!.name.replace("Tessera ", "");
  const word = TYPE_WORDS[facts.type] ? ` ${TYPE_WORDS[facts.type]}` : nth > 0 ? " (2)" : "";
  return `${account.name} - ${what}${word}`;
}
