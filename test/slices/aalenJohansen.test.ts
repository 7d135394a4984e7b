import {describe, expect, test} from "vitest";
import {aalenJohansen, incidenceAt, type Spell} from "../../src/slices/aalenJohansen.ts";
import {kaplanMeier} from "../../src/slices/kaplanMeier.ts";
import fc from "../support/fc.ts";

// time = [3,5,5,8,9,9,12,14,15,20,20,22,25,30,31], status = [1,2,1,0,1,2,2,1,0,1,0,2,1,0,1]
// statsmodels 0.15: statsmodels.duration.survfunc.CumIncidenceRight(time, status): times, cinc, cinc_se
const spells = "3:1 5:2 5:1 8:0 9:1 9:2 12:2 14:1 15:0 20:1 20:0 22:2 25:1 30:0 31:1"
  .split(" ")
  .map((text): Spell => {
    const [days, status] = text.split(":").map(Number) as [number, number];
    return {days, cause: status === 0 ? null : status - 1};
  });
const WON = [0.066667, 0.133333, 0.206061, 0.206061, 0.278788, 0.363636, 0.363636, 0.469697, 0.681818];
const WON_SE = [0.064406, 0.087771, 0.106336, 0.106336, 0.118851, 0.131446, 0.131446, 0.144639];
const LOST = [0, 0.066667, 0.139394, 0.212121, 0.212121, 0.212121, 0.318182, 0.318182, 0.318182];
const LOST_SE = [0, 0.064406, 0.091642, 0.108917, 0.108917, 0.108917, 0.134955, 0.134955];

describe("cumulative incidence of competing outcomes", () => {
  test("agrees with statsmodels in shares and standard errors", () => {
    const [won, lost] = aalenJohansen(spells, 2);
    expect(won!.map(({t}) => t)).toEqual([0, 3, 5, 9, 12, 14, 20, 22, 25, 31]);
    for (const [curve, shares, errors] of [
      [won!, WON, WON_SE],
      [lost!, LOST, LOST_SE]
    ] as const)
      for (const [i, {share, se}] of curve.slice(1).entries()) {
        expect(share).toBeCloseTo(shares[i]!, 5);
        // statsmodels has none for the day on which the last one ends; R has, see below.
        if (i < errors.length) expect(se).toBeCloseTo(errors[i]!, 5);
      }
  });

  test("agrees with R's cmprsk 2.2.11 and survival 3.5.3", () => {
    // cmprsk::timepoints(cuminc(time, status), c(3, 9, 14, 22, 25, 30))$est
    const days = [3, 9, 14, 22, 25, 30];
    const est = [
      [0.066666667, 0.20606061, 0.27878788, 0.36363636, 0.46969697, 0.46969697],
      [0, 0.13939394, 0.21212121, 0.31818182, 0.31818182, 0.31818182]
    ];
    // summary(survfit(Surv(time, factor(status, 0:2)) ~ 1), times = c(3, 9, 14, 22, 25)): pstate of (s0)
    const open = [0.93333333, 0.65454545, 0.50909091, 0.31818182, 0.21212121];
    const curves = aalenJohansen(spells, 2);
    for (const [i, t] of days.entries()) {
      const shares = curves.map((curve) => incidenceAt(curve, t)!.share);
      for (const [cause, share] of shares.entries()) expect(share).toBeCloseTo(est[cause]![i]!, 7);
      if (i < open.length) expect(1 - shares[0]! - shares[1]!).toBeCloseTo(open[i]!, 7);
    }
  });

  test("agrees with R's survfit in standard errors and log(-log) bands, to the day on which the last one ends", () => {
    // R 4.2.2, survival 3.5.3: summary(survfit(Surv(time, factor(status, 0:2)) ~ 1, conf.type = "log-log"), times = days)
    const days = [3, 9, 14, 22, 25, 31];
    const won = {
      se: [0.064406119, 0.106335993, 0.118851204, 0.131445861, 0.144639205, 0.1349555],
      lo: [0.0043003634, 0.0499575288, 0.085697993, 0.1303101093, 0.1864503951, 0.3483209],
      hi: [0.26032196, 0.43489753, 0.51476566, 0.60521734, 0.71178185, 0.8701543]
    };
    const lost = {
      se: [0, 0.09164198, 0.10891732, 0.13495549, 0.13495549, 0.1349555],
      lo: [null, 0.022610238, 0.051439954, 0.093795246, 0.093795246, 0.09379525],
      hi: [null, 0.35892982, 0.44473712, 0.57459592, 0.57459592, 0.5745959]
    };
    for (const [curve, expected] of [
      [aalenJohansen(spells, 2)[0]!, won],
      [aalenJohansen(spells, 2)[1]!, lost]
    ] as const)
      for (const [i, t] of days.entries()) {
        const {se, lo, hi} = incidenceAt(curve, t)!;
        expect(se).toBeCloseTo(expected.se[i]!, 6);
        if (expected.lo[i] === null) expect([lo, hi]).toEqual([null, null]);
        else {
          expect(lo!).toBeCloseTo(expected.lo[i]!, 6);
          expect(hi!).toBeCloseTo(expected.hi[i]!, 6);
        }
      }
  });

  test("by hand: four deals, won on day 1, open on day 2, lost on day 3, won on day 4", () => {
    const [won, lost] = aalenJohansen(
      [
        {days: 1, cause: 0},
        {days: 2, cause: null},
        {days: 3, cause: 1},
        {days: 4, cause: 0}
      ],
      2
    );
    // Won: 1/4, then of the 3/4 left half was lost on day 3 and the other half won on day 4.
    expect(won!.map(({share}) => share)).toEqual([0, 0.25, 0.25, 0.625]);
    expect(lost!.map(({share}) => share)).toEqual([0, 0, 0.375, 0.375]);
  });

  test("with one cause it is 1 less the Kaplan-Meier curve, with Greenwood's error", () => {
    const one = spells.map(({days, cause}) => ({days, cause: cause === null ? null : 0}));
    const [curve] = aalenJohansen(one, 1);
    const km = kaplanMeier(one.map(({days, cause}) => ({days, hasEnded: cause !== null})));
    for (const [i, {share, t, se}] of curve!.entries()) {
      expect(share).toBeCloseTo(1 - km[i]!.s, 12);
      if (t === 3) expect(se!).toBeCloseTo(Math.sqrt(((1 / 15) * (14 / 15)) / 15), 12);
    }
  });

  test("the curves and what is still open make 1, whatever the spells", () => {
    const spell = fc.record({days: fc.nat(40), cause: fc.constantFrom(null, 0, 1, 2)});
    fc.assert(
      fc.property(fc.array(spell, {minLength: 1, maxLength: 60}), (list) => {
        const curves = aalenJohansen(list, 3);
        const km = kaplanMeier(list.map(({days, cause}) => ({days, hasEnded: cause !== null})));
        for (const [i, {s}] of km.entries()) {
          const ended = curves.reduce((sum, curve) => sum + curve[i]!.share, 0);
          expect(ended + s).toBeCloseTo(1, 9);
          for (const curve of curves) {
            const {lo, hi, share} = curve[i]!;
            if (lo !== null) expect(lo <= share && share <= hi!).toBe(true);
          }
        }
      }),
      {seed: 1}
    );
  });

  test("its 95% band holds the truth in about 95 of 100 samples", () => {
    // Exponential won at 0.02 a day, lost at 0.03, watched for 20 to 120 days: truth at day 60 is 0.4 (1 - exp(-3)).
    const truth = 0.4 * (1 - Math.exp(-3));
    const random = seeded(7);
    let held = 0;
    const samples = 400;
    for (let n = 0; n < samples; n++) {
      const list = Array.from({length: 150}, (): Spell => {
        const ends = Math.floor(-Math.log(1 - random()) / 0.05);
        const watched = 20 + Math.floor(random() * 100);
        const cause = random() < 0.4 ? 0 : 1;
        return ends <= watched ? {days: ends, cause} : {days: watched, cause: null};
      });
      const {lo, hi} = incidenceAt(aalenJohansen(list, 2)[0]!, 59)!;
      if (lo! <= truth && truth <= hi!) held++;
    }
    expect(held / samples).toBeGreaterThan(0.925);
    expect(held / samples).toBeLessThan(0.975);
  });

  test("a funnel that drops what is open would promise more", () => {
    const open = Array.from({length: 15}, (): Spell => ({days: 40, cause: null}));
    const all = incidenceAt(aalenJohansen([...spells, ...open], 2)[0]!, 31)!.share;
    const closedOnly = incidenceAt(
      aalenJohansen(
        spells.filter(({cause}) => cause !== null),
        2
      )[0]!,
      31
    )!.share;
    expect(closedOnly).toBeGreaterThan(all);
  });

  test("no spells make no curve", () => {
    expect(aalenJohansen([], 2)).toEqual([[], []]);
  });
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
