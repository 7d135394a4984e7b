/** What the scenario comes to: the answer, the headline, the bands by period, the way there lever by lever. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {Chart} from "../../components/chart.js";
import {type Band, PairedBands} from "../../components/charts/pairedBands.js";
import {Waterfall, type WaterfallRow} from "../../components/charts/waterfall.js";
import {date, money, signed} from "../../components/format.js";
import type {HowProps} from "../../components/how.js";
import {Kpi, kpiRow} from "../../components/kpi.js";
import type {ScenarioHead} from "../../scenario/head.js";
import {leverWords} from "../../scenario/levers/words.js";
import type {Answer} from "../../scenario/outlook/answer.js";
import type {Outlook} from "../../scenario/outlook/outlook.js";
import {assumptions, otherData} from "../../scenario/saved/compare.js";
import type {Scenario} from "../../scenario/scenario.js";
import {LEVELS} from "../../slices/quantileLevels.js";
import type {SiteData} from "../../slices/site.js";
import {chanceWords, heldBriefly} from "../forecast/words.js";
import {cutLabels} from "./partForm.js";

/** How scenarios are computed, folded under every figure. */
export function howOf({method}: ScenarioHead): HowProps {
  return {label: "Scenario", formula: method.words, unit: "money", caveat: method.caveat};
}

/** The quantile of an outlook at one of the published levels. */
export function at({quantiles}: Outlook, level: number): number {
  return quantiles[LEVELS.findIndex((each) => Math.abs(each - level) < 1e-9)]!;
}

export function bandOf(outlook: Outlook): Band {
  return {
    mean: outlook.mean,
    low50: at(outlook, 0.25),
    high50: at(outlook, 0.75),
    low80: at(outlook, 0.1),
    high80: at(outlook, 0.9),
    low95: at(outlook, 0.025),
    high95: at(outlook, 0.975)
  };
}

export function isBase({levers, deals}: Scenario): boolean {
  return levers.length === 0 && deals.length === 0;
}

/** A chance as the Forecast page says it. */
export function chanceOf(chance: number, {window: {published}}: Pick<Answer, "window">): string {
  return chanceWords(chance, published?.held);
}

/** One sentence: what it comes to, how sure, how far from the forecast, and the target. */
export function scenarioAnswer({currency}: ScenarioHead, scenario: Scenario, found: Answer): Content {
  const {window, base, scenario: now, target, chance, baseChance} = found;
  const strong = (text: string) => html`<strong>${text}</strong>`;
  const band = `80% band ${money(at(now, 0.1), currency)} to ${money(at(now, 0.9), currency)}`;
  const parts: (string | Node)[] = isBase(scenario)
    ? [
        `Nothing is assumed yet: ${window.label} is forecast at `,
        strong(money(now.mean, currency)),
        `, ${band}${heldWords(scenario, found)}`
      ]
    : [
        `With ${scenario.name ? `“${scenario.name}”` : "this"}, ${window.label} comes to `,
        strong(money(now.mean, currency)),
        `, ${band}: `,
        strong(signed(now.mean - base.mean, "money", currency)),
        " against the forecast"
      ];
  if (target !== null && chance !== null && baseChance !== null) {
    parts.push(`. Chance to reach ${money(target, currency)}: `, strong(chanceOf(chance, found)));
    if (!isBase(scenario)) parts.push(`, ${chanceOf(baseChance, found)} without`);
  }
  return [...parts, "."];
}

/** "; held 9 of 11 times at this point", of the published forecast; nothing where {@link Notes} say that there is none. */
function heldWords(scenario: Scenario, {window: {published}, scenario: {isPublished}}: Answer): string {
  if (!published || !isPublished) return "";
  return `; ${heldBriefly(published.held, isBase(scenario) ? "" : "the forecast's ")}`;
}

/** Expected, difference, chance of the target, and what a bad year would be. */
export function scenarioKpis(input: ScenarioHead, scenario: Scenario, found: Answer): HTMLElement {
  const {currency} = input;
  const {base, scenario: now, window, target, chance, baseChance, targetFrom} = found;
  const how = howOf(input);
  const against = isBase(scenario)
    ? null
    : {
        value: base.mean > 0 ? now.mean / base.mean - 1 : null,
        unit: "ratio" as const,
        label: `vs forecast ${money(base.mean, currency)}`,
        goodWhen: "up" as const
      };
  return kpiRow([
    Kpi({
      label: `${window.label}, expected`,
      value: now.mean,
      unit: "money",
      currency,
      note: `80% band ${money(at(now, 0.1), currency)} to ${money(at(now, 0.9), currency)}${heldWords(scenario, found)}`,
      comparison: against,
      how
    }),
    Kpi({
      label:
        target === null
          ? "Chance of the target"
          : `Chance to reach ${money(target, currency)}${targetFrom === "quota" ? ", the quota" : ""}`,
      value: chance,
      unit: "ratio",
      ...(chance === null ? {} : {said: chanceOf(chance, found)}),
      how: {...how, unit: "ratio"},
      reason: "No quota covers this selection; set a target.",
      comparison:
        against && chance !== null && baseChance !== null
          ? {value: chance - baseChance, unit: "ratio", label: "vs forecast", goodWhen: "up"}
          : null
    }),
    Kpi({
      label: "In one case of five, at most",
      value: at(now, 0.2),
      unit: "money",
      currency,
      how,
      comparison: against
        ? {
            value: at(now, 0.2) - at(base, 0.2),
            unit: "money",
            label: "vs forecast",
            goodWhen: "up"
          }
        : null
    }),
    ...lastKpi(input, scenario, found)
  ]);
}

/** The year that a quarter lies in; of a year, what of it is certain. */
function lastKpi(input: ScenarioHead, scenario: Scenario, found: Answer): HTMLElement[] {
  const {currency, windows} = input;
  const how = howOf(input);
  const {window, scenario: now, windows: all} = found;
  const year = windows.find(({kind, from, to}) => kind === "year" && from <= window.from && to >= window.to);
  const its = year && year.label !== window.label ? all.find(({label}) => label === year.label) : undefined;
  if (its)
    return [
      Kpi({
        label: `${its.label}, expected`,
        value: its.scenario.mean,
        unit: "money",
        currency,
        how,
        note: `${money(its.scenario.sure, currency)} of it certain`,
        comparison: isBase(scenario)
          ? null
          : {
              value: its.scenario.mean - its.base.mean,
              unit: "money",
              label: "vs forecast",
              goodWhen: "up"
            }
      })
    ];
  if (!(now.sure > 0)) return [];
  return [
    Kpi({
      label: "Certain already",
      value: now.sure,
      unit: "money",
      currency,
      how,
      note: "won so far, and deals taken as won"
    })
  ];
}

/** Everything assumed, one line a thing: the controls say it on the screen, this in print. */
export function AssumedWords(
  site: SiteData,
  {more, currency}: ScenarioHead,
  scenario: Scenario
): HTMLElement {
  const {target} = scenario;
  const list = [
    ...assumptions({...scenario, window: "", filters: {}, target: null}, cutLabels(site, more)),
    ...(target === null ? [] : [`Target ${money(target, currency)}`])
  ];
  return html`<section class="weir-print-only"><h2>What is assumed</h2>
    ${list.length > 0 ? html`<ul>${list.map((each) => html`<li>${each}</li>`)}</ul>` : html`<p>Nothing: the forecast as it is.</p>`}</section>`;
}

/** What to know of this scenario before trusting it: made on other data, outside what was seen, no track record. */
export function Notes(input: ScenarioHead, scenario: Scenario, found: Answer): HTMLElement {
  const other = isBase(scenario) ? null : otherData(scenario, input);
  const beyond = found.warnings.flatMap(({beyond: short}) => (short === undefined ? [] : [short]));
  const notes = [
    ...(other ? [other] : []),
    ...(beyond.length > 0 ? [`Not seen before: ${beyond.join("; ")}.`] : []),
    ...found.warnings.filter(({beyond: short}) => short === undefined).map(({words}) => words),
    ...(found.scenario.isPublished ? [] : [noTrackRecord(input, scenario, found)])
  ];
  if (notes.length === 0) return html`<div></div>`;
  return html`<ul class="weir-scenario-notes" role="note">${notes.map((each) => html`<li>${each}</li>`)}</ul>`;
}

/** Why these figures have no track record, and what they are made of. */
function noTrackRecord({windows}: ScenarioHead, {filters}: Scenario, {window}: Answer): string {
  const isWhole = Object.values(filters).every((values) => values.length === 0);
  if (window.kind === "year" && isWhole) {
    const inside = windows.filter(
      ({kind, from, to}) => kind === "quarter" && from >= window.from && to <= window.to
    );
    const known = inside.filter(({published}) => published).map(({label}) => label);
    const others = inside.filter(({published}) => !published).map(({label}) => label);
    if (known.length > 0)
      return `${window.label} is what has been won and the forecasts of ${known.join(" and ")}${others.length > 0 ? `, and of ${others.join(" and ")}, which has no track record yet` : ""}; its band is the model's own.`;
  }
  return `No forecast of ${window.label}${isWhole ? "" : " for this selection"} has a track record: the figures are the model's own.`;
}

/** Every period: the forecast beside the scenario (and those it is compared with). */
export function Bands(
  input: ScenarioHead,
  scenario: Scenario,
  found: Answer,
  others: readonly {name: string; found: Answer}[] = []
): HTMLElement {
  const {currency} = input;
  const base = isBase(scenario);
  const series = [
    "forecast",
    ...(base ? [] : [scenario.name || "this scenario"]),
    ...others.map(({name}) => name)
  ];
  // A year among quarters would press them flat.
  const shown = found.windows.filter(
    ({label}) => found.window.kind === "year" || kindOf(input, label) === "quarter"
  );
  const groups = shown.map(({label, base: forecast, scenario: now}) => ({
    label,
    bands: [
      bandOf(forecast),
      ...(base ? [] : [bandOf(now)]),
      ...others.map((other) => bandOf(other.found.windows.find((each) => each.label === label)!.scenario))
    ],
    target: label === found.window.label ? found.target : null
  }));
  const rows = groups.flatMap(({label, bands}) =>
    bands.map((band, s) => ({
      period: label,
      what: series[s]!,
      mean: band.mean,
      low80: band.low80,
      high80: band.high80
    }))
  );
  const amount = {unit: "money", currency} as const;
  return Chart({
    title: base ? "What is forecast, with its certainty" : "The scenario beside the forecast",
    subtitle: `Won in the period, ${currency}; bands of 50, 80 and 95%, dot: expected; dashes: target. Data of ${date(input.asOf)}`,
    rows,
    columns: [
      {key: "period", label: "Period", unit: "text"},
      {key: "what", label: "Of", unit: "text"},
      {key: "mean", label: "Expected", ...amount},
      {key: "low80", label: "80% from", ...amount},
      {key: "high80", label: "80% to", ...amount}
    ],
    name: "scenario-periods",
    how: howOf(input),
    render: (width) => PairedBands({groups, series, width, unit: "money", currency})
  });
}

function kindOf({windows}: ScenarioHead, label: string): "quarter" | "year" | undefined {
  return windows.find((window) => window.label === label)?.kind;
}

/** From the forecast to the scenario, lever by lever; adds up to the cent. */
export function BridgeChart(
  site: SiteData,
  input: ScenarioHead,
  scenario: Scenario,
  {bridge, window}: Answer
): HTMLElement {
  const {currency} = input;
  const labels = cutLabels(site, input.more);
  const rows: WaterfallRow[] = [
    {label: "Forecast", value: bridge.fromCents / 100, isLevel: true, meaning: "lost"},
    ...bridge.steps.map(
      ({lever, cents}): WaterfallRow => ({
        label: lever ? leverWords(lever, labels) : "Single deals",
        value: cents / 100,
        meaning: cents < 0 ? "wrong" : "won"
      })
    ),
    {label: scenario.name || "Scenario", value: bridge.toCents / 100, isLevel: true, meaning: "forecast"}
  ];
  const empty = bridge.steps.length === 0;
  return Chart({
    title: "What makes the difference",
    subtitle: `Expected in ${window.label}, ${currency}, from the forecast to the scenario`,
    rows: empty ? [] : rows,
    columns: [
      {key: "label", label: "Step", unit: "text"},
      {key: "value", label: "Amount", unit: "money", currency}
    ],
    name: "scenario-bridge",
    empty: {reason: "Nothing is assumed yet.", action: "Move a lever or force a deal."},
    note:
      bridge.rule === "shapley"
        ? "Levers act on each other; each gets the mean of what it adds over all orders (its Shapley value). The steps add up to the cent."
        : "More than six levers: each is added in the order listed. The steps add up to the cent.",
    render: (width) => Waterfall({rows, width, unit: "money", currency, noun: ""})
  });
}
