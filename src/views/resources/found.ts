/** The plan in words and tables. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {Chart} from "../../components/chart.js";
import {BarRows} from "../../components/charts/barRows.js";
import {Empty} from "../../components/empty.js";
import {count, money, percent, signed} from "../../components/format.js";
import {colour} from "../../components/palette.js";
import {PlainTable} from "../../components/plainTable.js";
import type {PlanAnswer, PlanFound} from "../../scenario/plan/optimise.js";
import type {ResourceData} from "../../scenario/plan/resource.js";
import type {Asked} from "./state.js";

/** An amount of the resource: "5 reps", "$120 k". */
function amountWords({resource}: Asked, currency: string, amount: number): string {
  if (resource.isMoney) return money(amount, currency);
  return `${count(amount)} ${amount === 1 ? resource.one : resource.many}`;
}

/** One sentence: move what, for how much more, how sure; or that there is no better plan; or what collides. */
export function planAnswer(
  {currency}: ResourceData,
  asked: Asked | null,
  answer: PlanAnswer | null
): Content {
  if (!asked || !answer) return "These exports do not tell what people or money went to and what came of it.";
  if (answer.kind === "infeasible")
    return `No plan keeps all limits: ${joined(answer.collide)} cannot hold together.`;
  const {resource} = asked;
  if (!answer.isBetter)
    return `${resource.label}: no better plan was found with confidence. The best one is worth more than today's in ${percent(answer.confidence)} of the cases tried; nine of ten are asked for.`;
  const moves = resource.options
    .map(({name, today}, o) => ({name, change: answer.amounts[o]! - today}))
    .filter(({change}) => change !== 0)
    .sort((a, b) => b.change - a.change);
  return [
    `${resource.label}: the best plan ${movesWords(asked, currency, moves)} and is worth `,
    html`<strong>${signed(answer.proposal.mean - answer.today.mean, "money", currency)}</strong>`,
    ` a year against today, and more than today's in ${percent(answer.confidence)} of the cases tried.${
      resource.elasticity.isMeasured
        ? ""
        : " What a little more brings is assumed in all of them, not measured."
    }`
  ];
}

/** "gives EMEA 5 reps and LATAM 1, taken from APAC (3) and North America (3)"; the two largest on each side. */
function movesWords(
  asked: Asked,
  currency: string,
  moves: readonly {name: string; change: number}[]
): string {
  const said = (change: number) =>
    asked.resource.isMoney ? money(Math.abs(change), currency) : count(Math.abs(change));
  const [up, down] = [
    moves.filter(({change}) => change > 0),
    moves.filter(({change}) => change < 0).reverse()
  ];
  const rest = (list: readonly unknown[]) => (list.length > 2 ? [`${list.length - 2} more`] : []);
  const given = up
    .slice(0, 2)
    .map(({name, change}, i) => `${name} ${i === 0 ? amountWords(asked, currency, change) : said(change)}`);
  const taken = down.slice(0, 2).map(({name, change}) => `${name} (${said(change)})`);
  return [
    ...(given.length > 0 ? [`gives ${joined([...given, ...rest(up)])}`] : []),
    ...(taken.length > 0
      ? [`${given.length > 0 ? "taken" : "takes"} from ${joined([...taken, ...rest(down)])}`]
      : [])
  ].join(", ");
}

/** Today's allocation beside the proposal. */
export function PlanChart({currency}: ResourceData, asked: Asked, answer: PlanFound): HTMLElement {
  const {resource} = asked;
  const rows = resource.options.map((option, o) => {
    const proposal = answer.amounts[o]!;
    return {
      option: option.name,
      today: option.today,
      proposal,
      change: proposal - option.today,
      valueToday: option.value,
      valueThen: answer.returns[o]!
    };
  });
  const amount = resource.isMoney ? ({unit: "money", currency} as const) : ({unit: "count"} as const);
  const worth = {unit: "money", currency} as const;
  const bars = rows.flatMap(({option, today, proposal}) => [
    {label: `${option}, today`, text: option, value: today, key: "today"},
    {label: `${option}, proposed`, text: "", value: proposal, key: "proposed"}
  ]);
  return Chart({
    title: answer.isBetter
      ? "Today beside the proposal"
      : "Today beside the best found, which is not clearly better",
    subtitle: `${resource.label}${resource.isMoney ? `, ${currency} a year` : ""}`,
    rows,
    columns: [
      {key: "option", label: "To", unit: "text"},
      {key: "today", label: "Today", ...amount},
      {key: "proposal", label: "Proposed", ...amount},
      {key: "change", label: "Change", ...amount},
      {key: "valueToday", label: "Brings in a year", ...worth, total: true},
      {key: "valueThen", label: "Would bring", ...worth, total: true}
    ],
    name: "plan",
    note: `${resource.means} ${elasticityWords(asked)}`,
    render: (width) =>
      BarRows({
        rows: bars,
        width,
        ...amount,
        order: "given",
        keys: ["today", "proposed"],
        colours: [colour("lost"), colour("forecast")],
        noun: ""
      })
  });
}

/** What a little more brings: measured, or assumed and why; and what that is beside the average. */
export function elasticityWords({resource}: Pick<Asked, "resource">): string {
  const {elasticity, one, isMoney, measuredOn} = resource;
  const {mean, error, n, isMeasured, prior, record} = elasticity;
  const each = `ten percent more brings about ${tenPercentMore(mean).toFixed(1)}% more`;
  const average = isMoney
    ? ""
    : ` What one ${one} more brings is not what one brings on average (all that was won over all ${resource.many}): the average counts what would have come without the last one too.`;
  if (isMeasured)
    return `By the firm's own record (${measuredOn ?? ""}; ${count(n)} of them over all options) ${each}, give or take ${(100 * (1.1 ** (mean + error) - 1.1 ** mean)).toFixed(1)} points.${average}`;
  const next = `The next ${one === "of budget" || one === "of funds" ? "sum" : one} therefore always brings less than the one before.`;
  const cannot = record
    ? `The firm's own record does not tell what more brings: ${measuredOn ?? ""}, in ${count(record.nMoved)} of ${count(record.nGroups)} options the amount ever moved by a tenth, and ten percent more may have brought ${lessToMore(record.low, record.high)} (95%).`
    : "How returns diminish could not be measured here.";
  const usual = prior === 0.5 ? "the usual square root" : "what is usual";
  const why = !record
    ? ""
    : mean === prior
      ? `, ${usual}`
      : `, drawn from the middle of that towards ${usual} (${tenPercentMore(prior).toFixed(1)}%)`;
  return `${cannot} It is assumed that ${each}${why}, with wide uncertainty, and the plan rests on that. ${next}${average}`;
}

/** Percent that ten percent more brings at an elasticity. */
function tenPercentMore(elasticity: number): number {
  return 100 * (1.1 ** elasticity - 1);
}

/** The same as an interval in words: "3.6% less to 3.3% more". */
function lessToMore(low: number, high: number): string {
  const [from, to] = [low, high].map((each) => Math.round(10 * tenPercentMore(each)) / 10) as [
    number,
    number
  ];
  const words = (percent: number) => `${Math.abs(percent).toFixed(1)}%`;
  const [side, other] = [from, to].map((percent) => (percent < 0 ? "less" : "more"));
  return `${words(from)}${side === other ? "" : ` ${side}`} to ${words(to)} ${other}`;
}

/** Both plans over the same cases, and the prices of what binds. */
export function PlanTables({currency}: ResourceData, asked: Asked, answer: PlanFound): HTMLElement {
  const {resource} = asked;
  const line = (plan: string, {mean, p20, regret, regret90}: PlanFound["today"]) => ({
    plan,
    mean: money(mean, currency),
    p20: money(p20, currency),
    regret: money(regret, currency),
    regret90: money(regret90, currency)
  });
  const step = stepWords(resource, currency);
  const prices = answer.prices.map(({row, words, value}) =>
    row === "total"
      ? `${capital(step)} more in all is worth ${money(value, currency)} a year.`
      : `"${words}": ${step} ${row.startsWith("min") ? "less" : "more"} there would bring ${money(value, currency)} a year.`
  );
  const margins = resource.options.map(({name}, o) => ({
    name,
    more: money(answer.margins[o]!.more, currency),
    less: money(answer.margins[o]!.less, currency)
  }));
  return html`<div class="weir-sheet">
    ${PlainTable(
      [line("Today", answer.today), line("Proposed", answer.proposal)],
      [
        {key: "plan", label: "Plan", unit: "text"},
        {key: "mean", label: "Expected in a year", unit: "text"},
        {key: "p20", label: "Reached in four of five cases", unit: "text"},
        {key: "regret", label: "Short of the best, on average", unit: "text"},
        {key: "regret90", label: "In one case of ten, short by over", unit: "text"}
      ],
      {caption: "How both plans fare when what is not known turns out otherwise"}
    )}
    ${PlainTable(
      margins,
      [
        {key: "name", label: "To", unit: "text"},
        {key: "more", label: "More there is worth, a year", unit: "text"},
        {key: "less", label: "Less there costs, a year", unit: "text"}
      ],
      {caption: `${capital(step)} more or less, at today's plan`}
    )}
    ${prices.length > 0 ? html`<ul class="weir-scenario-notes">${prices.map((each) => html`<li>${each}</li>`)}</ul>` : null}
  </div>`;
}

/** One step of a resource: "one rep", "half a rep", "$5 k of budget". */
function stepWords({isMoney, unit, one, many}: Asked["resource"], currency: string): string {
  if (isMoney) return `${money(unit, currency)} ${one}`;
  return unit === 1 ? `one ${one}` : unit === 0.5 ? `half a ${one}` : `${count(unit)} ${many}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Which limits collide, and what to do. */
export function Colliding(collide: readonly string[]): HTMLElement {
  return Empty({
    reason: `No plan keeps all limits. These cannot hold together: ${joined(collide)}.`,
    action: "Loosen any one of them."
  });
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
