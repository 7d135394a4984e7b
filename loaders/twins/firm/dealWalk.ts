/** The true life of a deal: competing hazards, day by day. Nothing here knows of CRMs, reps' habits or exports. */
import type {Day} from "../calendar/days.ts";
import type {Rng} from "../random/rng.ts";
import type {Rhythm} from "./rhythm.ts";

/** Daily hazards by open stage, for a deal whose multipliers are 1 on a day of pace 1. */
export interface HazardTable {
  advance: readonly number[];
  back: readonly number[];
  won: readonly number[];
  lost: readonly number[];
  /** The deal goes to sleep: nobody loses it, nobody will win it. */
  stuck: readonly number[];
}

/** The stages of one kind of sale. */
export interface SalesProcess {
  hazards: HazardTable;
  /** Open stages, then won, then lost. */
  stageNames: readonly string[];
}

/** What a deal's own factors do to the hazards. `pull` is on advance and won, `loss` on lost. */
export interface Multipliers {
  pull: number;
  loss: number;
  /** The owner pushes at the end of a quarter. */
  isPushed: boolean;
}

export const CAUSE = {none: 0, advance: 1, won: 2, lost: 3, back: 4, stuck: 5} as const;
export type Cause = (typeof CAUSE)[keyof typeof CAUSE];

/** Walks one deal at a time; set `stage` and `day`, then ask for the next event. */
export class DealWalk {
  /** Number of the open stage, from 0. */
  stage = 0;
  day: Day = 0;
  private readonly hazards: HazardTable;
  private readonly rhythm: Rhythm;

  constructor(hazards: HazardTable, rhythm: Rhythm) {
    this.hazards = hazards;
    this.rhythm = rhythm;
  }

  /**
   * Draws each day after `day` up to and including `until` and stops at the first event: `day` and `stage` are then
   * those after it. Returns `none` when nothing happens by then. The chance of an event on a day is
   * 1 - exp(-sum of hazards); which one, in proportion to its hazard. Two draws: hazards are added up until they
   * exceed an exponential deviate, which is the same as a draw a day and far quicker.
   */
  next({pull, loss, isPushed}: Multipliers, until: Day, rng: Rng): Cause {
    const {hazards, rhythm, stage} = this;
    const advance = hazards.advance[stage]! * pull;
    const won = hazards.won[stage]! * pull;
    const lost = hazards.lost[stage]! * loss;
    const back = hazards.back[stage]!;
    const stuck = hazards.stuck[stage]!;
    const wonFactor = isPushed ? rhythm.wonPush : rhythm.won;
    let reserve = rng.exponential();
    for (let day = this.day + 1; day <= until; day++) {
      const i = day - rhythm.first;
      const pace = rhythm.pace[i]!;
      if (pace === 0) continue;
      const wonToday = won * wonFactor[i]!;
      const lostToday = lost * rhythm.lost[i]!;
      const total = advance + wonToday + lostToday + back + stuck;
      reserve -= total * pace;
      if (reserve > 0) continue;
      this.day = day;
      let left = rng.next() * total - advance;
      if (left < 0) {
        this.stage = stage + 1;
        return CAUSE.advance;
      }
      left -= wonToday;
      if (left < 0) return CAUSE.won;
      left -= lostToday;
      if (left < 0) return CAUSE.lost;
      left -= back;
      if (left < 0) {
        this.stage = stage - 1;
        return CAUSE.back;
      }
      return CAUSE.stuck;
    }
    this.day = until;
    return CAUSE.none;
  }
}
