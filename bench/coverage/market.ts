/**
 * A twin's market in memory: its deals as the CRM would log them, as the tables that pages add up. Told from the planted
 * hazards and the reps' habits, without the way through exports and warehouse, which other tests hold.
 */
import {customerTeller} from "../../loaders/twins/equipment/customerStory.ts";
import {DEAL_TYPE, EQUIPMENT_FIRM} from "../../loaders/twins/equipment/equipmentFirm.ts";
import {MACHINES, SERVICE} from "../../loaders/twins/equipment/processes.ts";
import type {Account} from "../../loaders/twins/firm/cast.ts";
import type {FirmSpec} from "../../loaders/twins/firm/firmSpec.ts";
import type {Teller} from "../../loaders/twins/firm/rehearsal.ts";
import type {SoldDeal} from "../../loaders/twins/firm/soldDeal.ts";
import {drawWorld, type World} from "../../loaders/twins/firm/world.ts";
import {accountTeller} from "../../loaders/twins/software/accountStory.ts";
import {SOFTWARE_FIRM, STAGES} from "../../loaders/twins/software/softwareFirm.ts";
import type {Firm} from "../../loaders/twins/writeTwin.ts";
import type {FactColumn, FactTable} from "../../src/slices/facts.ts";
import type {Ladder} from "../../src/slices/stagePaths.ts";

/** Everybody's first call of a deal: who said it, and whether it was won later than that. */
export interface FirstCall {
  rep: number;
  isLate: boolean;
  /** Day it was won. */
  wonOn: number;
}

/** Rows of one small firm: of the deals, of their stays, and its won deals' first calls. */
export interface SmallFirm {
  deals: number[];
  entries: number[];
  calls: FirstCall[];
}

export interface Market {
  deals: FactTable;
  entries: FactTable;
  ladders: Ladder[];
  /** The accounts dealt out at random, with all their deals. */
  firms: SmallFirm[];
  /** Last day anything is known of. */
  knownTo: number;
}

/** Few enough people that each has thousands of deals in the market: the rate is then known. */
const PEOPLE = 30;

/** How a twin's deals are told, and the stages they go through. */
export interface Telling {
  spec: FirmSpec;
  teller: (world: World) => Teller<{account: Account; deals: SoldDeal[]}>;
  ladders: Ladder[];
  ladderOf: (deal: SoldDeal) => number;
}

const open = (names: readonly string[]) => names.slice(0, -2);
export const TELLINGS: Record<Firm, Telling> = {
  software: {
    spec: SOFTWARE_FIRM,
    teller: accountTeller,
    ladders: [{pipeline: "Sales", stages: open(STAGES.map(({name}) => name))}],
    ladderOf: () => 0
  },
  equipment: {
    spec: EQUIPMENT_FIRM,
    teller: customerTeller,
    ladders: [MACHINES, SERVICE].map(({label, stages}) => ({
      pipeline: label,
      stages: open(stages.map((stage) => stage.label))
    })),
    ladderOf: ({facts}) => (facts.type === DEAL_TYPE.service ? 1 : 0)
  }
};

/** The market of `nFirms` firms with about `perFirm` deals each; pure. */
export function tellMarket(firm: Firm, nFirms: number, perFirm: number, seed: number): Market {
  const nDeals = nFirms * perFirm;
  const {spec, teller, ladders, ladderOf} = TELLINGS[firm];
  const cast = {...spec.cast, dealsPerRep: nDeals / PEOPLE, dealsPerPartner: nDeals / 40};
  const world = drawWorld({...spec, cast}, nDeals, seed);
  const tell = teller(world);
  const rows = new Rows(ladders);
  const firms = Array.from({length: nFirms}, (): SmallFirm => ({deals: [], entries: [], calls: []}));
  const deal = world.streams.stream("coverage.firms");
  for (let index = 0; rows.nDeals < nDeals; index++) {
    const small = firms[deal.int(nFirms)]!;
    for (const sold of tell(index).deals) rows.add(sold, index, ladderOf(sold), small);
  }
  return {...rows.tables(), ladders, firms, knownTo: world.rhythm.exportDay};
}

class Rows {
  nDeals = 0;
  private readonly created: number[] = [];
  private readonly closed: (number | null)[] = [];
  private readonly won: number[] = [];
  private readonly channel: number[] = [];
  private readonly account: number[] = [];
  private readonly deal: number[] = [];
  private readonly stage: number[] = [];
  private readonly kind: number[] = [];
  private readonly pipeline: number[] = [];
  private readonly entered: number[] = [];
  private readonly left: (number | null)[] = [];
  private readonly names: string[];

  constructor(private readonly ladders: readonly Ladder[]) {
    this.names = [...new Set(ladders.flatMap(({stages}) => stages)), "won", "lost"];
  }

  add({record: {saves}, partnerRole}: SoldDeal, account: number, nth: number, firm: SmallFirm): void {
    const {stages} = this.ladders[nth]!;
    const dayOf = (at: number) => Math.floor(at / 86_400);
    const [first, last] = [saves[0]!, saves.at(-1)!];
    const isWon = last.stage === stages.length;
    const isClosed = last.stage >= stages.length;
    const row = this.nDeals++;
    firm.deals.push(row);
    this.created.push(dayOf(first.at));
    this.won.push(isWon ? 1 : 0);
    this.account.push(account);
    this.channel.push(partnerRole === "none" ? 0 : 1);
    let at = -1;
    for (const {stage, at: second} of saves) {
      if (stage === at) continue;
      const day = dayOf(second);
      if (at >= 0) this.left[this.left.length - 1] = day;
      at = stage;
      const kind = stage < stages.length ? 0 : stage === stages.length ? 1 : 2;
      firm.entries.push(this.deal.length);
      this.deal.push(row);
      this.pipeline.push(nth);
      this.kind.push(kind);
      this.stage.push(this.names.indexOf(kind === 0 ? stages[stage]! : kind === 1 ? "won" : "lost"));
      this.entered.push(day);
      this.left.push(null);
    }
    const closedOn = isClosed ? this.entered.at(-1)! : null;
    this.closed.push(closedOn);
    if (isWon && saves.length > 1)
      firm.calls.push({rep: first.rep, isLate: closedOn! > first.closeDay, wonOn: closedOn!});
  }

  tables(): Pick<Market, "deals" | "entries"> {
    const day = (values: (number | null)[]): FactColumn => ({kind: "day", values});
    const number = (values: number[]): FactColumn => ({kind: "number", values});
    const key = (words: string[], codes: number[]): FactColumn => ({kind: "key", words, codes});
    return {
      deals: {
        n: this.nDeals,
        columns: {
          created_on: day(this.created),
          closed_on: day(this.closed),
          n_won: number(this.won),
          // Codes alone: nobody reads the names.
          account_name: key([], this.account),
          channel: key(["Direct", "Partner"], this.channel)
        }
      },
      entries: {
        n: this.deal.length,
        columns: {
          deal: number(this.deal),
          stage: key(this.names, this.stage),
          stage_kind: key(["open", "won", "lost"], this.kind),
          pipeline: key(
            this.ladders.map(({pipeline}) => pipeline),
            this.pipeline
          ),
          entered_on: day(this.entered),
          left_on: day(this.left)
        }
      }
    };
  }
}
