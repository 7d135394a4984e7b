/** The story of one customer of the equipment maker: machines, repeats and service until the exports are made. */
import {TRACKED} from "../firm/campaignCauses.ts";
import type {Account, Campaign, Partner} from "../firm/cast.ts";
import {dealSeller} from "../firm/dealSeller.ts";
import {accountDrawer} from "../firm/drawAccount.ts";
import type {Teller} from "../firm/rehearsal.ts";
import type {PartnerRole, SoldDeal} from "../firm/soldDeal.ts";
import {isEmployed, isEvent, type World} from "../firm/world.ts";
import type {Rng} from "../random/rng.ts";
import {drawMachineDeal, type MachinePlan} from "./drawMachineDeal.ts";
import {DEAL_TYPE, INFLUENCE, MESS, SOURCE, SOURCES} from "./equipmentFirm.ts";
import {PRODUCTS} from "./machines.ts";
import {MACHINES, SERVICE} from "./processes.ts";

export interface CustomerStory {
  account: Account;
  deals: SoldDeal[];
}

interface PendingDeal {
  type: number;
  startDay: number;
}

const NEW_SOURCES = [SOURCE.dealer, SOURCE.fair, SOURCE.web, SOURCE.referral];
const NEW_SOURCE_WEIGHTS = NEW_SOURCES.map((source) => SOURCES[source]!.weight);
/** Days from the order of a machine to the first thought of service, and from service to service; mean. */
const FIRST_SERVICE = 420;
const NEXT_SERVICE = 380;
/** Days from the order of a machine to the first thought of another; mean. */
const NEXT_MACHINE = 620;

/** The teller of the equipment maker. */
export function customerTeller(world: World): Teller<CustomerStory> {
  const {streams, rhythm} = world;
  const drawAccount = accountDrawer(world);
  const accountRng = streams.reuse("account");
  const factsRng = streams.reuse("deal.facts");
  const causeRng = streams.reuse("deal.tracked");
  const sellMachine = dealSeller(world, MACHINES.rules);
  const sellService = dealSeller(world, SERVICE.rules);

  return (index) => {
    const rng = accountRng(index);
    const account = drawAccount(index, rng);
    const pending: PendingDeal[] = account.isCustomer
      ? installedBase(rhythm.first, rng)
      : [{type: DEAL_TYPE.machine, startDay: account.createdDay}];
    const story: CustomerStory = {account, deals: []};
    for (let nth = 0; pending.length > 0 && nth < 40; nth++) {
      pending.sort((a, b) => a.startDay - b.startDay);
      const next = pending.shift()!;
      if (next.startDay > rhythm.exportDay) break;
      const sold = sell(story, next, nth, rng);
      if (sold) follow(sold, pending, rng);
    }
    return story;
  };

  function sell(
    {account, deals}: CustomerStory,
    pending: PendingDeal,
    nth: number,
    rng: Rng
  ): SoldDeal | null {
    const facts = factsRng(account.index, nth);
    const plan = planDeal(world, account, pending, nth, facts, causeRng);
    const drawn = drawMachineDeal(world, plan, facts);
    const seller = pending.type === DEAL_TYPE.service ? sellService : sellMachine;
    const sale = seller(drawn, nth, {isPushed: plan.rep.habit === "quarter_pusher", amountIsKnown: false});
    const isHidden = rng.chance(plan.role === "sourced" ? MESS.dealerNotInCrm : MESS.influenceNotInCrm);
    if (!sale) return null;
    const {saves} = sale.record;
    account.rep = saves[saves.length - 1]!.rep;
    if (sale.life.outcome === "won") account.isCustomer = true;
    const what = PRODUCTS[drawn.lines[0]!.product]!;
    drawn.name = `${account.name} - ${what.sku}${drawn.lines[0]!.quantity > 1 ? ` x ${drawn.lines[0]!.quantity}` : ""}`;
    const sold: SoldDeal = {
      ...sale,
      facts: drawn,
      partnerRole: plan.role,
      partnerIsInCrm: plan.role !== "none" && !isHidden
    };
    deals.push(sold);
    return sold;
  }
}

/** Machines bought before the CRM was there: service and repeats come, the first deals are nowhere. */
function installedBase(first: number, rng: Rng): PendingDeal[] {
  return [
    {type: DEAL_TYPE.service, startDay: first + Math.round(FIRST_SERVICE * rng.exponential())},
    {type: DEAL_TYPE.repeat, startDay: first + Math.round(NEXT_MACHINE * rng.exponential())}
  ];
}

function follow({facts, life}: SoldDeal, pending: PendingDeal[], rng: Rng): void {
  const after = (mean: number) => life.outcomeDay + Math.round(mean * (0.25 + rng.exponential()));
  const isService = facts.type === DEAL_TYPE.service;
  if (life.outcome === "won") {
    pending.push({type: DEAL_TYPE.service, startDay: after(isService ? NEXT_SERVICE : FIRST_SERVICE)});
    if (!isService) pending.push({type: DEAL_TYPE.repeat, startDay: after(NEXT_MACHINE)});
  } else if (life.outcome === "lost" && rng.chance(isService ? 0.6 : 0.32))
    pending.push({type: facts.type, startDay: after(isService ? NEXT_SERVICE : 340)});
}

function planDeal(
  world: World,
  account: Account,
  {startDay, type}: PendingDeal,
  nth: number,
  rng: Rng,
  trackedRng: (i: number) => Rng
): MachinePlan & {role: PartnerRole} {
  const holder = world.cast.people[account.rep]!;
  const rep = isEmployed(holder, startDay) ? holder : world.pickRep(account.region, startDay, rng);
  const usual = type === DEAL_TYPE.machine ? NEW_SOURCES[rng.weighted(NEW_SOURCE_WEIGHTS)]! : SOURCE.customer;
  const cause = nth === 0 ? world.cast.campaigns[account.causedBy] : undefined;
  const named = cause && trackedRng(account.index).chance(TRACKED) ? cause : undefined;
  const source = named ? (isEvent(named) ? SOURCE.fair : SOURCE.web) : usual;
  let campaign: Campaign | undefined = named;
  if (!named && source === SOURCE.fair) campaign = world.pickCampaign(account.region, startDay, "event", rng);
  if (!named && source === SOURCE.web && rng.chance(0.6))
    campaign = world.pickCampaign(account.region, startDay, "web", rng);
  let partner: Partner | undefined;
  let role: PartnerRole = "none";
  const influence = type !== DEAL_TYPE.service && rng.chance(INFLUENCE);
  if (source === SOURCE.dealer || influence) {
    partner = world.pickPartner(account.region, startDay, rng);
    if (partner) role = source === SOURCE.dealer ? "sourced" : "influenced";
  }
  return {
    account,
    type,
    source,
    startDay,
    rep,
    ...(campaign ? {campaign} : {}),
    causedBy: cause?.index ?? -1,
    ...(partner ? {partner} : {}),
    partnerShare: role === "influenced" ? 0.5 : 1,
    role
  };
}
