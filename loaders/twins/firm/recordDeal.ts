/** What the owner of a deal writes into the CRM while the deal lives its true life. */
import {type Day, monthEnd, monthOf, quarterEnd, workdayAfter, workdayBefore} from "../calendar/days.ts";
import type {Rng} from "../random/rng.ts";
import type {Rep} from "./cast.ts";
import {roughly} from "./cents.ts";
import {CATEGORY, type DealFacts, type DealLife, linesTotal, type Save} from "./deal.ts";
import {HABIT_NUMBERS, type HabitNumbers} from "./habits.ts";
import {nextCleanUp, nextReviewEve} from "./reviews.ts";
import {secondOfDay} from "./workingHours.ts";

export interface RecordRules {
  exportDay: Day;
  nStages: number;
  /** From this stage on the deal has line items and its amount is their sum. */
  quoteStage: number;
  /** The CRM's default category by open stage. */
  categories: readonly number[];
  /** Days a deal usually needs from each open stage to its close. */
  remainingDays: readonly number[];
  /** Chance that a new deal has no amount. */
  missingAmount: number;
  reps: readonly Rep[];
  /** The user who runs clean-ups. */
  operations: number;
  /** Who takes over the deals of a rep who has left. */
  successor(rep: Rep, day: Day, draw: number): number;
}

export interface DealRecord {
  saves: Save[];
  hasLines: boolean;
  /** The discount the line items carry. */
  discount: number;
}

const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * All saves of a deal in order of time, the first being its creation; null when the rep never enters it.
 * `amountIsKnown` is for renewals: lines exist from the start.
 */
export function recordDeal(
  facts: DealFacts,
  life: DealLife,
  amountIsKnown: boolean,
  rules: RecordRules,
  rng: Rng
): DealRecord | null {
  const recorder = new Recorder(facts, life, amountIsKnown, rules, rng);
  return recorder.run();
}

class Recorder {
  private readonly saves: Save[] = [];
  private readonly lossDay: Day;
  private habit: HabitNumbers;
  private rep: Rep;
  private stage = 0;
  private amount: number | null = null;
  private closeDay = 0;
  private overdueDay: Day = NEVER;
  private hasLines = false;
  private lastSecond = 0;
  private nextMove = 0;

  constructor(
    private readonly facts: DealFacts,
    private readonly life: DealLife,
    private readonly amountIsKnown: boolean,
    private readonly rules: RecordRules,
    private readonly rng: Rng
  ) {
    this.rep = rules.reps[facts.rep]!;
    this.habit = HABIT_NUMBERS[this.rep.habit];
    const delay = Math.round(this.habit.lossDelay * rng.exponential());
    this.lossDay = life.outcome === "lost" ? workdayAfter(life.outcomeDay + delay) : NEVER;
  }

  run(): DealRecord | null {
    const {life, rules, facts} = this;
    const created = this.entryDay();
    if (created > rules.exportDay) return null;
    this.create(created);
    const wonDay = life.outcome === "won" ? life.outcomeDay : NEVER;
    let review = this.takesPartInReviews() ? nextReviewEve(created) : NEVER;
    let quarter = this.rep.habit === "quarter_pusher" ? quarterPushDay(created) : NEVER;
    const cleanUp =
      life.outcome === "stuck" || life.outcome === "lost" ? nextCleanUp(life.outcomeDay + 150) : NEVER;
    for (;;) {
      const left = this.rep.endDay ?? NEVER;
      const move = this.habit.waitsForReview ? NEVER : (life.moves[this.nextMove]?.day ?? NEVER);
      const closed = Math.min(wonDay, this.lossDay, cleanUp);
      const day = Math.min(closed, left, move, review, quarter, this.overdueDay);
      if (day > rules.exportDay) break;
      if (day === closed) {
        this.close(day, wonDay, cleanUp);
        break;
      }
      if (day === left) {
        this.handOver(day);
        review = this.takesPartInReviews() ? nextReviewEve(day) : NEVER;
        quarter = this.rep.habit === "quarter_pusher" ? quarterPushDay(day) : NEVER;
      } else if (day === move) {
        this.enterMove(day);
      } else if (day === review) {
        this.review(day);
        review = nextReviewEve(day);
      } else if (day === quarter) {
        if (this.closeDay <= quarterEnd(day)) this.push(day, quarterEnd(quarterEnd(day) + 1), false);
        quarter = quarterPushDay(quarterEnd(day) + 1);
      } else this.overdue(day);
    }
    return {
      saves: this.saves,
      hasLines: this.hasLines,
      discount: this.stage === rules.nStages ? facts.finalDiscount : facts.quotedDiscount
    };
  }

  /** Late entries wait until the deal is well under way; those that end before are never entered. */
  private entryDay(): Day {
    const {facts, life, rng} = this;
    if (this.amountIsKnown || !rng.chance(this.habit.lateEntry)) return facts.startDay;
    const reached = life.moves.findIndex((move) => move.stage >= 2);
    if (reached >= 0) {
      this.nextMove = reached + 1;
      this.stage = life.moves[reached]!.stage;
      return life.moves[reached]!.day;
    }
    return life.outcome === "won" ? life.outcomeDay : NEVER;
  }

  private create(day: Day): void {
    const {rng, habit} = this;
    if (this.stage >= this.rules.quoteStage || this.amountIsKnown) this.quote();
    else if (!rng.chance(this.rules.missingAmount)) this.estimate(0.3);
    this.setCloseDay(this.expectedClose(day, habit.closeOptimism));
    this.save(day, false);
  }

  private enterMove(day: Day): void {
    const {rng} = this;
    const before = this.stage;
    this.stage = this.life.moves[this.nextMove++]!.stage;
    this.updateForStage(day, before);
    if (rng.chance(0.3)) this.setCloseDay(this.expectedClose(day, this.habit.closeOptimism));
    this.save(day, false);
  }

  private updateForStage(day: Day, before: number): void {
    if (this.stage >= this.rules.quoteStage && !this.hasLines) this.quote();
    else if (!this.hasLines && this.stage > before && (this.amount === null || this.rng.chance(0.35)))
      this.estimate(0.15);
    if (this.closeDay < day) this.setCloseDay(this.expectedClose(day, this.habit.closeOptimism));
  }

  /** All open deals in one go: overdue dates move, waiting moves are entered. */
  private review(day: Day): void {
    const {life, rng} = this;
    const before = this.stage;
    while ((life.moves[this.nextMove]?.day ?? NEVER) <= day) this.stage = life.moves[this.nextMove++]!.stage;
    if (this.stage !== before) this.updateForStage(day, before);
    if (this.closeDay <= day + 10 && rng.chance(0.75))
      this.setCloseDay(monthEnd(day + 15 + Math.round(20 * rng.next())));
    this.save(day, true);
  }

  private overdue(day: Day): void {
    const {rng} = this;
    if (this.life.outcome === "stuck" && day > this.life.outcomeDay && rng.chance(0.3)) {
      this.overdueDay = NEVER;
      return;
    }
    this.push(day, this.expectedClose(day, Math.min(1, this.habit.closeOptimism)), false);
  }

  private push(day: Day, closeDay: Day, isBulk: boolean): void {
    this.setCloseDay(Math.max(closeDay, day));
    this.save(day, isBulk);
  }

  private handOver(day: Day): void {
    const {rules, rng} = this;
    const successor = rules.successor(this.rep, day, rng.next());
    this.rep = rules.reps[successor]!;
    this.habit = HABIT_NUMBERS[this.rep.habit];
    this.save(day, false, this.rep.manager);
  }

  private close(day: Day, wonDay: Day, cleanUp: Day): void {
    const {facts, rules} = this;
    const isWon = day === wonDay;
    this.stage = isWon ? rules.nStages : rules.nStages + 1;
    this.closeDay = day;
    if (isWon) {
      this.hasLines = true;
      this.amount = linesTotal(facts.lines, facts.finalDiscount);
    }
    const isCleanUp = !isWon && day === cleanUp && day !== this.lossDay;
    this.save(day, isCleanUp, isCleanUp ? rules.operations : this.rep.index);
  }

  private quote(): void {
    this.hasLines = true;
    this.amount = linesTotal(this.facts.lines, this.facts.quotedDiscount);
  }

  private estimate(spread: number): void {
    const value = linesTotal(this.facts.lines, this.facts.quotedDiscount);
    this.amount = roughly(value * this.habit.amountOptimism * Math.exp(spread * this.rng.normal()));
  }

  private expectedClose(day: Day, optimism: number): Day {
    const {rng, rules} = this;
    const remaining = rules.remainingDays[this.stage]! * optimism * rng.between(0.7, 1.4);
    const expected = day + Math.max(5, Math.round(remaining));
    const habit = rng.next();
    return workdayBefore(habit < 0.5 ? monthEnd(expected) : habit < 0.72 ? quarterEnd(expected) : expected);
  }

  private setCloseDay(day: Day): void {
    this.closeDay = day;
    this.overdueDay = workdayAfter(day + 1 + Math.round(this.habit.overdueDelay * this.rng.exponential()));
  }

  private takesPartInReviews(): boolean {
    return this.rep.isBulkEditor || this.habit.waitsForReview;
  }

  private save(day: Day, isBulk: boolean, actor = this.rep.index): void {
    const {rng} = this;
    const wanted = isBulk ? bulkSecond(day, actor) : day * 86_400 + secondOfDay(this.rep.region, rng);
    const at = Math.max(wanted, this.lastSecond + 61);
    const category = this.category(day);
    const {saves, stage, amount: amountCents, closeDay} = this;
    const last = saves[saves.length - 1];
    const isChange =
      !last ||
      last.stage !== stage ||
      last.amountCents !== amountCents ||
      last.closeDay !== closeDay ||
      last.rep !== this.rep.index ||
      last.category !== category;
    if (!isChange) return;
    this.lastSecond = at;
    saves.push({at, actor, isBulk, stage, amountCents, closeDay, rep: this.rep.index, category});
  }

  private category(day: Day): number {
    const {nStages, categories} = this.rules;
    if (this.stage === nStages) return CATEGORY.closed;
    if (this.stage > nStages) return CATEGORY.omitted;
    const fromEnd = nStages - 1 - this.stage;
    const shift = fromEnd < 2 ? this.habit.categoryShift[fromEnd]! : 0;
    const shifted = Math.min(CATEGORY.commit, Math.max(CATEGORY.pipeline, categories[this.stage]! + shift));
    const isThisQuarter = monthOf(this.closeDay) <= monthOf(quarterEnd(day));
    return shifted === CATEGORY.commit && !isThisQuarter ? CATEGORY.bestCase : shifted;
  }
}

function quarterPushDay(day: Day): Day {
  return workdayBefore(quarterEnd(day));
}

/** One second for everything a user changes in one mass edit. */
function bulkSecond(day: Day, actor: number): number {
  return day * 86_400 + 76_800 + ((actor * 97) % 5400);
}
