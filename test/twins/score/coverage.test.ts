/**
 * A quick version of bench/coverage.ts: 200 small firms of the software twin's planted hazards, each deal drawn day by day,
 * against chances worked out exactly over all ways.
 */
import {expect, test} from "vitest";
import {CAUSE, DealWalk} from "../../../loaders/twins/firm/dealWalk.ts";
import {buildRhythm} from "../../../loaders/twins/firm/rhythm.ts";
import {createStreams} from "../../../loaders/twins/random/streams.ts";
import {HAZARDS, SOFTWARE_FIRM} from "../../../loaders/twins/software/softwareFirm.ts";
import {dealOdds} from "../../../loaders/twins/truth/odds.ts";
import {aalenJohansen, incidenceAt, type Spell} from "../../../src/slices/aalenJohansen.ts";
import {kaplanMeier} from "../../../src/slices/kaplanMeier.ts";
import {rateInterval} from "../../../src/slices/rateInterval.ts";

const FIRMS = 200;
const DEALS = 120;
const AGES = [45, 90, 180];
const STAY = 20;
const rhythm = buildRhythm(SOFTWARE_FIRM.rhythm);
const plain = {pull: 1, loss: 1, isPushed: false};
/** All deals begin on one day and are watched for 30 to 360 days, whatever becomes of them. */
const START = rhythm.first + 200;

const truth = AGES.map((age) => dealOdds(HAZARDS, rhythm, plain, 0, START, age).wonWithin);
const held = new Map<string, number>();

function count(name: string, interval: {lo: number | null; hi: number | null}, value: number): void {
  const isIn = interval.lo !== null && interval.lo <= value && value <= interval.hi!;
  held.set(name, (held.get(name) ?? 0) + (isIn ? 1 : 0));
}

test("95% intervals hold the planted truth in 93% to 97% of 200 firms, give or take chance", () => {
  const rng = createStreams(11).stream("coverage");
  const walk = new DealWalk(HAZARDS, rhythm);
  const leftFirst = stillInFirst(STAY);
  for (let firm = 0; firm < FIRMS; firm++) {
    const lives = Array.from({length: DEALS}, () => {
      [walk.day, walk.stage] = [START, 0];
      let cause: number | null = null;
      let firstMove: number | null = null;
      while (cause === null && walk.day < rhythm.last) {
        const event = walk.next(plain, rhythm.last, rng);
        if (event !== CAUSE.none && event !== CAUSE.stuck) firstMove ??= walk.day - START;
        if (event === CAUSE.won || event === CAUSE.lost) cause = event === CAUSE.won ? 0 : 1;
        if (event === CAUSE.stuck) break;
      }
      return {ended: cause === null ? null : walk.day - START, cause, firstMove, watched: 30 + rng.int(330)};
    });
    const spells = lives.map(
      ({ended, cause, watched}): Spell =>
        ended !== null && ended <= watched ? {days: ended, cause} : {days: watched, cause: null}
    );
    const [won] = aalenJohansen(spells, 2);
    for (const [i, age] of AGES.entries()) count(`won by ${age}`, incidenceAt(won!, age)!, truth[i]!);
    const stays = kaplanMeier(
      lives.map(({firstMove, watched}) =>
        firstMove !== null && firstMove <= watched
          ? {days: firstMove, hasEnded: true}
          : {days: watched, hasEnded: false}
      )
    );
    count("in the first stage", stays.findLast(({t}) => t <= STAY)!, leftFirst);
    const wins = lives.filter(({ended, cause}) => cause === 0 && ended! <= AGES[1]!).length;
    count("counted rate", rateInterval(wins, DEALS)!, truth[1]!);
  }
  // Two standard errors of 200 firms are three points.
  for (const [name, n] of held) {
    expect(n / FIRMS, name).toBeGreaterThan(0.905);
    expect(n / FIRMS, name).toBeLessThan(0.995);
  }
  const all = [...held.values()].reduce((sum, n) => sum + n, 0) / (FIRMS * held.size);
  expect(all).toBeGreaterThan(0.93);
  expect(all).toBeLessThan(0.97);
});

/** The exact chance that a deal is still in its first stage so many days after it began (asleep counts as there). */
function stillInFirst(days: number): number {
  const {advance, won, lost, back, stuck} = HAZARDS;
  let awake = 1;
  let asleep = 0;
  for (let day = START + 1; day <= START + days; day++) {
    const i = day - rhythm.first;
    const pace = rhythm.pace[i]!;
    if (pace === 0) continue;
    const total = advance[0]! + won[0]! * rhythm.won[i]! + lost[0]! * rhythm.lost[i]! + back[0]! + stuck[0]!;
    const moved = awake * (1 - Math.exp(-total * pace));
    awake -= moved;
    asleep += (moved * stuck[0]!) / total;
  }
  return awake + asleep;
}
