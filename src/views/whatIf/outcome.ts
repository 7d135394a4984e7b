/** What the scenario comes to: the answer, the headline, the bands by period, the way there lever by lever. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {Chart} from "../../components/chart.js";
import {type Band, PairedBands} from "../../components/charts/pairedBands.js";
import {Waterfall, type WaterfallRow} from "../../components/charts/waterfall.js";
import {date, money, percent, signed} from "../../components/format.js";
import type {HowProps} from "../../components/how.js";
import {Kpi, kpiRow} from "../../components/kpi.js";
import type {ScenarioInput} from "../../scenario/input.js";
import {leverWords} from "../../scenario/levers/words.js";
import type {Answer} from "../../scenario/outlook/answer.js";
import type {Outlook} from "../../scenario/outlook/outlook.js";
import {otherData} from "../../scenario/saved/compare.js";
import type {Scenario} from "../../scenario/scenario.js";
import {LEVELS} from "../../slices/quantileLevels.js";
import type {SiteData} from "../../slices/site.js";

/** How scenarios are computed, folded under every figure. */
export function howOf({method}: ScenarioInput): HowProps {
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

/** A chance as the Forecast page says it: nothing is claimed beyond what intervals can tell. */
export function chanceWords(chance: number): string {
  if (chance < 0.0251) return "less than 3%";
  if (chance > 0.9749) return chance >= 1 ? "certain" : "more than 97%";
  return percent(chance);
}

/** One sentence: what it comes to, how sure, how far from the forecast, and the target. */
export function scenarioAnswer({currency}: ScenarioInput, scenario: Scenario, found: Answer): Content {
  const {window, base, scenario: now, target, chance, baseChance} = found;
  const strong = (text: string) => html`<strong>${text}</strong>`;
  const band = `80% band ${money(at(now, 0.1), currency)} to ${money(at(now, 0.9), currency)}`;
  const parts: (string | Node)[] = isBase(scenario)
    ? [
        `Nothing is assumed yet: ${window.label} is forecast at `,
        strong(money(now.mean, currency)),
        `, ${band}`
      ]
    : [
        `${scenario.name || "With this"}, ${window.label} comes to `,
        strong(money(now.mean, currency)),
        `, ${band}: `,
        strong(signed(now.mean - base.mean, "money", currency)),
        " against the forecast"
      ];
  if (target !== null && chance !== null && baseChance !== null) {
    parts.push(`. Chance to reach ${money(target, currency)}: `, strong(chanceWords(chance)));
    if (!isBase(scenario)) parts.push(`, ${chanceWords(baseChance)} without`);
  }
  return [...parts, "."];
}

/** Expected, difference, chance of the target, and what a bad year would be. */
export function scenarioKpis(input: ScenarioInput, scenario: Scenario, found: Answer): HTMLElement {
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
      note: `80% band ${money(at(now, 0.1), currency)} to ${money(at(now, 0.9), currency)}`,
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
      reason: "No quota covers this selection; set a target.",
      comparison:
        against && chance !== null && baseChance !== null
          ? {value: chance - baseChance, unit: "ratio", label: "vs forecast", goodWhen: "up"}
          : null
    }),
    Kpi({
      label: "In one case of five, less than",
      value: at(now, 0.2),
      unit: "money",
      currency,
      comparison: against
        ? {
            value: at(now, 0.2) - at(base, 0.2),
            unit: "money",
            label: "vs forecast",
            goodWhen: "up"
          }
        : null
    }),
    ...(now.sure > 0
      ? [
          Kpi({
            label: "Certain already",
            value: now.sure,
            unit: "money",
            currency,
            note: "won so far, and deals taken as won"
          })
        ]
      : [])
  ]);
}

/** What to know of this scenario before trusting it: made on other data, outside what was seen, no track record. */
export function Notes(input: ScenarioInput, scenario: Scenario, found: Answer): HTMLElement {
  const other = isBase(scenario) ? null : otherData(scenario, input);
  const notes = [
    ...(other ? [other] : []),
    ...found.warnings.map(({words}) => words),
    ...(found.scenario.isPublished
      ? []
      : [
          `No forecast of ${found.window.label}${Object.keys(scenario.filters).length > 0 ? " for this selection" : ""} has a track record: the figures are the model's own.`
        ])
  ];
  if (notes.length === 0) return html`<div></div>`;
  return html`<ul class="weir-scenario-notes" role="note">${notes.map((each) => html`<li>${each}</li>`)}</ul>`;
}

/** Every period: the forecast beside the scenario (and those it is compared with). */
export function Bands(
  input: ScenarioInput,
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

function kindOf({windows}: ScenarioInput, label: string): "quarter" | "year" | undefined {
  return windows.find((window) => window.label === label)?.kind;
}

/** From the forecast to the scenario, lever by lever; adds up to the cent. */
export function BridgeChart(
  site: SiteData,
  input: ScenarioInput,
  scenario: Scenario,
  {bridge, window}: Answer
): HTMLElement {
  const {currency} = input;
  const labels = Object.fromEntries(site.dimensions.map(({key, label}) => [key, label]));
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
