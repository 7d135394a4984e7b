/**
 * A plan as a linear program. Each option is cut into steps of one unit; returns diminish, so steps are taken in order
 * without being told to, and for the expected value the optimum over steps is that over whole units. For the 20% quantile a
 * sample may be given up (a binary each, at most a fifth of them) and the worst of the others is raised; whole units have to be
 * asked for there, since a mixture of two plans evens out what either of them risks.
 */
import {type PlanProblem, type PlanSample, returnOf} from "./plan.js";

export interface Constraint {
  /** Name of its row in the program. */
  row: string;
  words: string;
  /** Left-hand side over the amounts x0, x1, ... and the helpers down0, down1, ... */
  text: string;
}

/** The constraints of a problem, each in words. */
export function constraintsOf({options, total, mostMoved}: PlanProblem): Constraint[] {
  const bounds = options.flatMap(({name, min, max}, o): Constraint[] => [
    ...(min > 0 ? [{row: `min${o}`, words: `${name} gets at least ${min}`, text: `x${o} >= ${min}`}] : []),
    ...(Number.isFinite(max)
      ? [{row: `max${o}`, words: `${name} gets at most ${max}`, text: `x${o} <= ${max}`}]
      : [])
  ]);
  return [
    {
      row: "total",
      words: `there are ${total} in all`,
      text: `${sum(options.map((_, o) => `x${o}`))} <= ${total}`
    },
    ...(mostMoved === null
      ? []
      : [
          {
            row: "moved",
            words: `at most ${mostMoved} are moved`,
            text: `${sum(options.map((_, o) => `down${o}`))} <= ${mostMoved}`
          }
        ]),
    ...bounds
  ];
}

/** The program in CPLEX LP format. @param left constraints left out, for finding which collide */
export function programOf(
  problem: PlanProblem,
  samples: readonly PlanSample[],
  left: ReadonlySet<string> = new Set()
): string {
  const {options, unit, goal} = problem;
  const nSteps = stepsOf(problem, left);
  const gain = (o: number, k: number, {value, elasticity}: PlanSample) => {
    const option = {value: value[o]!, today: options[o]!.today};
    return returnOf(option, (k + 1) * unit, elasticity) - returnOf(option, k * unit, elasticity);
  };
  const valueUnder = (sample: PlanSample) =>
    options.flatMap((_, o) =>
      Array.from({length: nSteps[o]!}, (_, k) => `${number(gain(o, k, sample))} s${o}_${k}`)
    );
  const mean = (o: number, k: number) =>
    samples.reduce((all, sample) => all + gain(o, k, sample), 0) / samples.length;
  const whole = options.map((_, o) => `whole${o}: x${o} - ${unit} n${o} = 0`);
  const links = options.map(
    (_, o) =>
      `amount${o}: x${o} - ${Array.from({length: nSteps[o]!}, (_, k) => `${unit} s${o}_${k}`).join(" - ")} = 0`
  );
  const downs = options.map(({today}, o) => `less${o}: down${o} + x${o} >= ${today}`);
  const named = constraintsOf(problem)
    .filter(({row}) => !left.has(row))
    .map(({row, text}) => `${row}: ${text}`);
  const steps = options.flatMap((_, o) => Array.from({length: nSteps[o]!}, (_, k) => `s${o}_${k} <= 1`));
  if (goal === "expected") {
    const terms = options.flatMap((_, o) =>
      Array.from({length: nSteps[o]!}, (_, k) => `${number(mean(o, k))} s${o}_${k}`)
    );
    return lines(
      "Maximize",
      `value: ${sum(terms)}`,
      "Subject To",
      ...links,
      ...downs,
      ...named,
      "Bounds",
      ...steps,
      "End"
    );
  }
  const most = samples.map((sample) =>
    options.reduce(
      (all, _, o) =>
        all + Array.from({length: nSteps[o]!}, (_, k) => gain(o, k, sample)).reduce((a, b) => a + b, 0),
      0
    )
  );
  const big = Math.max(...most);
  const rows = samples.map(
    (sample, s) => `case${s}: t - ${valueUnder(sample).join(" - ")} - ${number(big)} b${s} <= 0`
  );
  const given = `given: ${sum(samples.map((_, s) => `b${s}`))} <= ${Math.floor(samples.length / 5)}`;
  return lines(
    "Maximize",
    "value: t",
    "Subject To",
    ...links,
    ...downs,
    ...named,
    ...whole,
    ...rows,
    given,
    "Bounds",
    ...steps,
    "General",
    options.map((_, o) => `n${o}`).join(" "),
    "Binary",
    samples.map((_, s) => `b${s}`).join(" "),
    "End"
  );
}

/** Steps of each option: as many as its limit and the total allow. One of them that is left out must not stay as the number of steps. */
function stepsOf({options, unit, total}: PlanProblem, left: ReadonlySet<string>): number[] {
  return options.map(({min, max, today}, o) => {
    // Without a total there is room for whatever else asks for it.
    const room = left.has("total") ? unit * Math.ceil(Math.max(min, today) / unit) : total;
    return Math.max(1, Math.round((left.has(`max${o}`) ? room : Math.min(max, room)) / unit));
  });
}

function sum(terms: readonly string[]): string {
  return terms.join(" + ");
}

function lines(...parts: string[]): string {
  // Solvers limit the length of a line; a sum may be broken before any sign.
  return `${parts.map((part) => part.replaceAll(/ ([+-]) /g, "\n $1 ")).join("\n")}\n`;
}

function number(value: number): string {
  return value.toFixed(4);
}
