/** A small pipeline made by hand for tests of levers: two regions, three stages, two sources of new deals. */

import type {OutcomeCurve, ScenarioInput} from "../../src/scenario/input.ts";
import type {Scenario} from "../../src/scenario/scenario.ts";
import {dayNumber, type FactTable} from "../../src/slices/facts.ts";

export const WEEKS = 60;

/** Weekly chances that do not change: won by week k = w / (w + l) * (1 - (1 - w - l)^k). */
export function steady(w: number, l: number): OutcomeCurve {
  const by = (part: number) =>
    Array.from({length: WEEKS}, (_, k) => (part / (w + l)) * (1 - (1 - w - l) ** (k + 1)));
  return {won: by(w), lost: by(l)};
}

export function makeInput(nDeals = 40): ScenarioInput {
  const codes = (words: number, every = 1) =>
    Array.from({length: nDeals}, (_, i) => Math.floor(i / every) % words);
  const amounts = Array.from({length: nDeals}, (_, i) => 100 * (10_000 + 1000 * ((i * 7) % 31)));
  const deals: FactTable = {
    n: nDeals,
    columns: {
      deal_id: {kind: "text", values: Array.from({length: nDeals}, (_, i) => `D${i}`)},
      deal_name: {kind: "text", values: Array.from({length: nDeals}, (_, i) => `Deal ${i}`)},
      region: {kind: "key", words: ["North", "South"], codes: codes(2)},
      stage: {kind: "key", words: ["Negotiate", "Propose", "Qualify"], codes: codes(3, 2)},
      close_on: {kind: "day", values: amounts.map((_, i) => dayNumber("2026-06-01") + i)},
      amount: {kind: "cents", values: amounts},
      expected: {kind: "cents", values: amounts.map((each) => Math.round(0.95 * each))},
      curve: {kind: "number", values: codes(3, 2)}
    }
  };
  return {
    version: 1,
    dataHash: "0123456789abcdef",
    asOf: "2026-05-15",
    currency: "USD",
    method: {name: "by hand", words: "made up", caveat: "for tests"},
    weeks: WEEKS,
    windows: [
      {label: "2026 Q2", from: "2026-04-01", to: "2026-06-30", kind: "quarter"},
      {label: "2026 Q3", from: "2026-07-01", to: "2026-09-30", kind: "quarter"},
      {label: "2026", from: "2026-01-01", to: "2026-12-31", kind: "year"}
    ],
    stages: ["Qualify", "Propose", "Negotiate"],
    deals,
    won: {
      n: 3,
      columns: {
        region: {kind: "key", words: ["North", "South"], codes: [0, 1, 1]},
        closed_on: {kind: "day", values: ["2026-02-03", "2026-04-20", "2026-05-15"].map(dayNumber)},
        amount: {kind: "cents", values: [1_000_000, 2_000_050, 3_000_000]}
      }
    },
    quotas: {
      n: 6,
      columns: {
        region: {kind: "key", words: ["North", "South"], codes: [0, 1, 0, 1, 0, 1]},
        month_on: {
          kind: "day",
          values: ["04", "04", "05", "05", "06", "06"].map((month) => dayNumber(`2026-${month}-01`))
        },
        quota_amount: {
          kind: "cents",
          values: [5_000_000, 10_000_000, 10_000_000, 10_000_000, 5_000_000, 10_000_000]
        }
      }
    },
    curves: [steady(0.08, 0.04), steady(0.04, 0.05), steady(0.015, 0.06)],
    spread: [0.8, 0.9, 1, 1.1, 1.2],
    arrivals: [
      {
        key: "Web",
        perWeek: new Array<number>(WEEKS).fill(2),
        rateVariance: 0.02,
        curve: 2,
        amounts: [8000, 15_000, 40_000],
        shares: {region: {North: 0.25, South: 0.75}, lead_source: {Web: 1}}
      },
      {
        key: "Partner",
        perWeek: new Array<number>(WEEKS).fill(1),
        rateVariance: 0,
        curve: 2,
        amounts: [20_000],
        shares: {region: {North: 1, South: 0}, lead_source: {Partner: 1}}
      }
    ],
    shockSd: 0.2,
    history: {
      win_rate: {lo: 0.9, hi: 1.15, n: 8, words: "in the last 8 quarters"},
      new_pipeline: {lo: 0.7, hi: 1.4, n: 8, words: "in the last 8 quarters"}
    },
    reps: {
      n: 6,
      dealsPerWeek: 0.5,
      ramp: [0, 0.25, 0.5, 0.75],
      attrition: 0.02,
      young: [],
      atWork: new Array<number>(24).fill(6)
    },
    partners: {
      n: 10,
      dealsPerWeek: 0.1,
      ramp: [0, 0, 0.5],
      training: {ratio: 1.5, error: 0.2, n: 8, nUntrained: 4}
    },
    campaigns: {shares: {Web: 1}, elasticity: 0.3, standardError: 0.1, n: 24}
  };
}

export const NOTHING: Scenario = {
  name: "",
  window: "2026",
  filters: {},
  target: null,
  levers: [],
  deals: [],
  made: {hash: "0123456789abcdef", asOf: "2026-05-15"}
};
