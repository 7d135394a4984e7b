/** Exact chances of a twin's deals from the planted hazards, as they are and as they would be without a partner or campaign. */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {dayOf} from "../../loaders/twins/calendar/days.ts";
import {EQUIPMENT_FIRM} from "../../loaders/twins/equipment/equipmentFirm.ts";
import {EQUIPMENT_TRUTH} from "../../loaders/twins/equipment/equipmentTruth.ts";
import type {HazardTable} from "../../loaders/twins/firm/dealWalk.ts";
import {buildRhythm} from "../../loaders/twins/firm/rhythm.ts";
import type {RegionName} from "../../loaders/twins/names/countries.ts";
import {SOFTWARE_FIRM} from "../../loaders/twins/software/softwareFirm.ts";
import {SOFTWARE_TRUTH} from "../../loaders/twins/software/softwareTruth.ts";
import {dealOdds, type Odds} from "../../loaders/twins/truth/odds.ts";
import type {Firm} from "../../loaders/twins/writeTwin.ts";

/** A row of truth/deals.csv with what the judgement needs. */
export interface PlantedDeal {
  deal_id: string;
  started: number;
  outcome: string;
  outcomeDay: number | null;
  type: string;
  region: string;
  source: string;
  partner: string | null;
  role: "sourced" | "influenced" | null;
  campaign: string | null;
  /** The campaign without which it would not have come. */
  causedBy: string | null;
  finalAmount: number;
  pull: number;
  loss: number;
  pullPartner: number;
  pullCampaign: number;
}

/** How a firm's reps keep the CRM, as far as it moves what closed deals came to. */
export interface Keeping {
  /** Share of reps who push at the end of a quarter. */
  pushed: number;
  /** Chance that a deal is entered only when it is well under way, and not at all when it ends before. */
  late: number;
}

/** Days after which operations closes a deal asleep as lost: 150 and half of six months on. */
const CLEAN_UP_DAYS = 240;
const SERVICE_TYPES = new Set(["Service"]);

export function readPlanted(dir: string): PlantedDeal[] {
  const [header, ...lines] = readFileSync(join(dir, "truth", "deals.csv"), "utf8")
    .trimEnd()
    .split("\n");
  const columns = header!.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    const text = (name: string) => cells[columns.indexOf(name)]!;
    return {
      deal_id: text("deal_id"),
      started: dayOf(text("started_on")),
      outcome: text("outcome"),
      outcomeDay: text("outcome_on") ? dayOf(text("outcome_on")) : null,
      type: text("deal_type"),
      region: text("region"),
      source: text("source"),
      partner: text("partner_id") || null,
      role: (text("partner_role") || null) as PlantedDeal["role"],
      campaign: text("campaign_id") || null,
      causedBy: text("caused_by_campaign_id") || null,
      finalAmount: Number(text("final_amount")),
      pull: Number(text("pull")),
      loss: Number(text("loss")),
      pullPartner: Number(text("pull_partner")),
      pullCampaign: Number(text("pull_campaign"))
    };
  });
}

/** @param dir the twin's folder */
export function readKeeping(dir: string): Keeping {
  const [header, ...lines] = readFileSync(join(dir, "truth", "reps.csv"), "utf8")
    .trimEnd()
    .split("\n");
  const columns = header!.split(",");
  const reps = lines
    .map((line) => line.split(","))
    .filter((cells) => cells[columns.indexOf("role")] === "rep");
  const mean = (of: (cells: string[]) => number) =>
    reps.reduce((sum, cells) => sum + of(cells), 0) / reps.length;
  return {
    pushed: mean((cells) => (cells[columns.indexOf("habit")] === "quarter_pusher" ? 1 : 0)),
    late: mean((cells) => Number(cells[columns.indexOf("late_entry_rate")]))
  };
}

/** What judges the estimates of one firm. */
export class TrueChances {
  private readonly rhythm;
  private readonly regions;
  private readonly truth;
  /** Shares of the sources of deals without a partner, by deal type. */
  private readonly directSources = new Map<string, Map<string, number>>();

  constructor(
    firm: Firm,
    deals: readonly PlantedDeal[],
    private readonly keeping: Keeping
  ) {
    this.truth = firm === "software" ? SOFTWARE_TRUTH : EQUIPMENT_TRUTH;
    const spec = firm === "software" ? SOFTWARE_FIRM : EQUIPMENT_FIRM;
    this.rhythm = buildRhythm(spec.rhythm);
    this.regions = spec.regions;
    for (const {type, source, role} of deals) {
      if (role === "sourced") continue;
      const counts = this.directSources.get(type) ?? new Map<string, number>();
      this.directSources.set(type, counts.set(source, (counts.get(source) ?? 0) + 1));
    }
  }

  /** Chance that the deal, of those that end, is won. @param after only as far as it ends later than this many days from its start */
  rate(deal: PlantedDeal, after = 0): number {
    return this.rateOf(deal, deal.pull, deal.loss, after);
  }

  /** The same had the partner not been there; one that it sourced would have come by the ways that others come. */
  rateAlone(deal: PlantedDeal, after = 0): number {
    const pull = deal.pull - deal.pullPartner;
    const loss = deal.loss + 0.5 * deal.pullPartner;
    const counts = deal.role === "sourced" ? this.directSources.get(deal.type) : undefined;
    if (!counts) return this.rateOf(deal, pull, loss, after);
    const own = this.source(deal.source);
    let [sum, total] = [0, 0];
    for (const [name, n] of counts) {
      const other = this.source(name);
      sum += n * this.rateOf(deal, pull - own.pull + other.pull, loss - own.loss + other.loss, after);
      total += n;
    }
    return sum / total;
  }

  /** The same had its campaign done nothing for it. */
  rateWithoutCampaign(deal: PlantedDeal): number {
    return this.rateOf(deal, deal.pull - deal.pullCampaign, deal.loss, 0);
  }

  /** Chance that it is won by the end of a day. */
  wonBy(deal: PlantedDeal, day: number): number {
    return day > deal.started ? this.odds(deal, deal.pull, deal.loss, day - deal.started).wonWithin : 0;
  }

  /** Chances to be won and to be lost between two days, as it is. */
  endsAs(deal: PlantedDeal, days: {from: number; to: number}): {won: number; lost: number} {
    const share = deal.role === "influenced" ? 0.5 : 1;
    return this.endsWith(deal, deal.role === null ? 0 : deal.pullPartner / share, deal.region, days);
  }

  /** Chances to be won and to be lost between two days, in the hands of another partner and in another region. */
  endsWith(
    deal: PlantedDeal,
    effect: number,
    region: string,
    {from, to}: {from: number; to: number}
  ): {won: number; lost: number} {
    const share = deal.role === null ? 0 : deal.role === "influenced" ? 0.5 : 1;
    const more = share * effect - deal.pullPartner;
    const [here, there] = [deal.region, region].map((name) => this.regions[name as RegionName]);
    const pull = deal.pull + more + there!.pull - here!.pull;
    const loss = deal.loss - 0.5 * more + there!.loss - here!.loss;
    const by = (day: number) =>
      day > deal.started
        ? this.odds(deal, pull, loss, day - deal.started)
        : {wonWithin: 0, lostWithin: 0, stuckWithin: 0};
    const [first, last] = [by(from), by(to)];
    const asleep = by(to - CLEAN_UP_DAYS).stuckWithin - by(from - CLEAN_UP_DAYS).stuckWithin;
    return {
      won: last.wonWithin - first.wonWithin,
      lost: last.lostWithin - first.lostWithin + asleep
    };
  }

  private source(name: string) {
    return this.truth.sources.find((each) => each.name === name)!;
  }

  private rateOf(deal: PlantedDeal, pull: number, loss: number, after: number): number {
    const ever = this.odds(deal, pull, loss, this.rhythm.last - deal.started - 1);
    const before =
      after > 0 ? this.odds(deal, pull, loss, after) : {wonWithin: 0, lostWithin: 0, stuckWithin: 0};
    const won = ever.wonWithin - before.wonWithin;
    return won / (won + ever.lostWithin + ever.stuckWithin - before.lostWithin - before.stuckWithin);
  }

  /** The same chances are asked for by several judges. */
  private readonly asked = new Map<string, Odds>();

  private odds(deal: PlantedDeal, pull: number, loss: number, within: number): Odds {
    const key = [deal.started, this.processOf(deal), pull.toFixed(6), loss.toFixed(6), within].join(" ");
    const known = this.asked.get(key);
    if (known) return known;
    const odds = this.recorded(deal, pull, loss, within);
    this.asked.set(key, odds);
    return odds;
  }

  /**
   * Chances of a deal that the CRM has, whose rep is any of the firm's: late entries that end early are not there. They are not
   * divided by the chance to be there, which rates do not need.
   */
  private recorded(deal: PlantedDeal, pull: number, loss: number, within: number): Odds {
    const {pushed, late} = this.keeping;
    const {hazards} = this.truth.processes[this.processOf(deal)]!;
    const ask = (table: HazardTable, isPushed: boolean) =>
      dealOdds(
        table,
        this.rhythm,
        {pull: Math.exp(pull), loss: Math.exp(loss), isPushed},
        0,
        deal.started,
        within
      );
    const [plain, push] = [ask(hazards, false), ask(hazards, true)];
    const early = late > 0 ? ask(firstStages(hazards), false) : null;
    const mixed = (key: keyof Odds) => (1 - pushed) * plain[key] + pushed * push[key];
    return {
      won: mixed("won"),
      wonWithin: mixed("wonWithin"),
      lostWithin: mixed("lostWithin") - late * (early?.lostWithin ?? 0),
      stuckWithin: mixed("stuckWithin") - late * (early?.stuckWithin ?? 0)
    };
  }

  private processOf({type}: PlantedDeal): number {
    return this.truth.processes.length > 1 && SERVICE_TYPES.has(type) ? 1 : 0;
  }
}

/** Stages before a late entry is made; who leaves them forward is in the CRM. */
const EARLY = 2;

/** The hazards of the stages in which a deal is not entered yet: what moves on is gone. */
function firstStages({advance, won, lost, back, stuck}: HazardTable): HazardTable {
  const first = (list: readonly number[]) => list.slice(0, EARLY);
  return {
    advance: first(advance),
    won: first(won),
    lost: first(lost),
    back: first(back),
    stuck: first(stuck)
  };
}
