/** docs/accuracy.md: one row a task, the listed best, ours, and what may be claimed. */
import {absoluteError, blockInterval, crpsOf, type Scored, scoreBookings} from "./bookingsMetrics.ts";
import type {BookingsTask} from "./bookingsTasks.ts";
import {
  type BookingsSeries,
  bestListed,
  LISTED_BOOKINGS,
  LISTED_PROPENSITY,
  type PropensityTask
} from "./listed.ts";
import type {FunnelScore} from "./otherFunnels.ts";
import type {TaskScore} from "./propensityTasks.ts";
import {coverageVerdict, type Verdict, verdictByInterval, verdictBySd} from "./verdict.ts";

const three = (value: number) => value.toFixed(3);
const four = (value: number) => value.toFixed(4);
const percent = (share: number) => `${(100 * share).toFixed(0)}%`;
const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

export interface PropensityResult {
  task: PropensityTask;
  what: string;
  ours: TaskScore;
  /** Other models of ours on the same rows, for information. */
  beside: readonly {name: string; score: TaskScore}[];
}

export interface Claim {
  task: string;
  measure: string;
  best: string;
  ours: string;
  verdict: Verdict;
}

/** Two claims a task: AUC and log-loss against the best listed model of each. */
export function propensityClaims({task, ours}: PropensityResult): Claim[] {
  const listed = LISTED_PROPENSITY[task];
  const auc = bestListed(listed, (model) => model.auc, 1);
  const loss = bestListed(listed, (model) => model.logLoss, -1);
  return [
    {
      task,
      measure: "AUC",
      best: `${four(auc.model.auc)} ± ${four(auc.model.sd)} (${auc.name})`,
      ours: four(ours.auc),
      verdict: verdictBySd(ours.auc, auc.model.auc, auc.model.sd, 1)
    },
    {
      task,
      measure: "log-loss",
      best: `${four(loss.model.logLoss)} (${loss.name})`,
      ours: `${four(ours.logLoss)} ± ${four(ours.sd.logLoss)}`,
      verdict: verdictBySd(ours.logLoss, loss.model.logLoss, ours.sd.logLoss, -1)
    }
  ];
}

/** Two claims a series: WAPE and CRPS of the shown forecast against the best listed method of each. */
export function bookingsClaims(
  series: BookingsSeries,
  shown: readonly Scored[],
  task: BookingsTask
): Claim[] {
  const score = scoreBookings(shown);
  return (
    [
      ["WAPE", "wape", absoluteError],
      ["CRPS", "crps", crpsOf]
    ] as const
  ).map(([measure, key, loss]) => {
    const {name, model} = bestListed(LISTED_BOOKINGS[series], (method) => method[key], -1);
    // Only the seasonal naive can be made again row by row; of others the listed figure is all there is.
    const paired = name === "snaive";
    const own = blockInterval(shown, loss, {
      block: task.horizon,
      seed: 1,
      ...(paired ? {against: task.seasonalNaive} : {})
    });
    const difference = paired ? own : {low: own.low - model[key], high: own.high - model[key]};
    return {
      task: series,
      measure,
      best: `${three(model[key])} (${name})`,
      ours: `${three(score[key])}, difference ${signed(difference.low)} to ${signed(difference.high)}`,
      verdict: verdictByInterval(difference)
    };
  });
}

/** All claims as one table. */
export function claimsTable(claims: readonly Claim[]): string {
  return table(
    ["task", "measure", "best listed", "ours", "verdict"],
    claims.map(({task, measure, best, ours, verdict}) => [
      task,
      measure,
      best,
      ours,
      verdict === "tie" ? verdict : `**${verdict}**`
    ])
  );
}

/** Every model of ours by task. */
export function propensityTable(results: readonly PropensityResult[]): string {
  return table(
    ["task", "model", "n", "AUC (sd)", "log-loss (sd)", "Brier", "ECE10"],
    results.flatMap(({task, what, ours, beside}) =>
      [{name: `**${what}**`, score: ours}, ...beside].map(({name, score}) => [
        task,
        name,
        String(score.n),
        `${four(score.auc)} (${four(score.sd.auc)})`,
        `${four(score.logLoss)} (${four(score.sd.logLoss)})`,
        four(score.brier),
        four(score.ece)
      ])
    )
  );
}

/** Every method of ours by series, with how often its intervals held. */
export function bookingsTable(tasks: ReadonlyMap<BookingsSeries, BookingsTask>, shownName: string): string {
  return table(
    ["series", "method", "n", "WAPE", "bias", "CRPS", "80% held", "95% held"],
    [...tasks].flatMap(([series, {methods, seasonalNaive}]) =>
      [...methods, ["R's seasonal naive, made again", seasonalNaive] as const].flatMap(([method, rows]) => {
        if (rows.length === 0) return [];
        const score = scoreBookings(rows);
        return [
          [
            series,
            method === shownName ? `**${method}**` : method,
            String(score.n),
            three(score.wape),
            signed(score.bias),
            three(score.crps),
            percent(score.coverage80),
            percent(score.coverage95)
          ]
        ];
      })
    )
  );
}

/** Whether the shown forecast's intervals hold as they promise. */
export function coverageTable(tasks: ReadonlyMap<BookingsSeries, BookingsTask>, shownName: string): string {
  return table(
    ["series", "80% interval (70 to 90%)", "95% interval (90 to 99%)"],
    [...tasks].map(([series, {methods}]) => {
      const {n, coverage80, coverage95} = scoreBookings(methods.get(shownName) ?? []);
      return [
        series,
        `${percent(coverage80)} of ${n}: ${coverageVerdict(80, Math.round(coverage80 * n), n)}`,
        `${percent(coverage95)} of ${n}: ${coverageVerdict(95, Math.round(coverage95 * n), n)}`
      ];
    })
  );
}

/** The other public funnels. */
export function funnelsTable(funnels: readonly FunnelScore[]): string {
  return table(
    ["data", "closed", "won", "AUC (sd)", "log-loss (sd)", "ridge alone", "plain rate", "note"],
    funnels.map(({name, note, scores}) =>
      typeof scores === "string"
        ? [name, "", "", scores, "", "", "", note]
        : [
            name,
            String(scores.n),
            String(scores.won),
            `${four(scores.ours.auc)} (${four(scores.sd.auc)})`,
            `${four(scores.ours.logLoss)} (${four(scores.sd.logLoss)})`,
            four(scores.ridge.logLoss),
            four(scores.rateLogLoss),
            note
          ]
    )
  );
}
