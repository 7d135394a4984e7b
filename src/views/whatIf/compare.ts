/** Two or three scenarios beside each other: what they assume and what they come to. */
import {html} from "htl";
import {money, signed} from "../../components/format.js";
import {PlainTable} from "../../components/plainTable.js";
import type {ScenarioHead} from "../../scenario/head.js";
import type {Answer} from "../../scenario/outlook/answer.js";
import {assumptions, compareScenarios, otherData} from "../../scenario/saved/compare.js";
import type {Scenario} from "../../scenario/scenario.js";
import type {SiteData} from "../../slices/site.js";
import {at, chanceOf} from "./outcome.js";
import {cutLabels} from "./partForm.js";
import {showAddress} from "./saved.js";
import {addressOf} from "./state.js";

export interface Compared {
  scenario: Scenario;
  found: Answer;
}

/** What a scenario is called: its name, or what it assumes. */
export function nameOf(scenario: Scenario, fallback = "unnamed"): string {
  return (
    scenario.name ||
    assumptions({...scenario, window: "", filters: {}})
      .slice(0, 2)
      .join(", ") ||
    fallback
  );
}

/** A table of outcomes and the differences in words; empty when nothing is held for comparison. */
export function Comparison(
  site: SiteData,
  input: ScenarioHead,
  own: Compared,
  others: readonly Compared[],
  problems: readonly string[]
): HTMLElement {
  if (others.length === 0 && problems.length === 0) return html`<div></div>`;
  const {currency} = input;
  const labels = cutLabels(site, input.more);
  const all = [
    {...own, name: nameOf(own.scenario, "this one")},
    ...others.map((each) => ({...each, name: nameOf(each.scenario)}))
  ];
  const rows = [
    {name: "Forecast", ...outcome(own.found.base, own.found.baseChance, null, own.found)},
    ...all.map(({name, found}) => ({name, ...outcome(found.scenario, found.chance, found.base.mean, found)}))
  ];
  function outcome(each: Answer["scenario"], chance: number | null, base: number | null, {window}: Answer) {
    return {
      period: window.label,
      mean: money(each.mean, currency),
      band: `${money(at(each, 0.1), currency)} to ${money(at(each, 0.9), currency)}`,
      difference: base === null ? "" : signed(each.mean - base, "money", currency),
      chance: chance === null ? "no target" : chanceOf(chance, {window})
    };
  }
  const drop = html`<button type="button" class="weir-button">Stop comparing</button>`;
  drop.addEventListener("click", () => showAddress(addressOf(own.scenario)));
  return html`<section class="weir-compared">
    ${problems.length > 0 ? html`<p class="weir-scenario-problems" role="alert">A scenario to compare with is not taken: ${problems.join("; ")}</p>` : null}
    <div class="weir-sheet">${PlainTable(
      rows,
      [
        {key: "name", label: "Scenario", unit: "text"},
        {key: "period", label: "Period", unit: "text"},
        {key: "mean", label: "Expected", unit: "text"},
        {key: "band", label: "80% band", unit: "text"},
        {key: "difference", label: "Against the forecast", unit: "text"},
        {key: "chance", label: "Chance of its target", unit: "text"}
      ],
      {caption: "Scenarios side by side"}
    )}</div>
    ${others.map((other) => Difference(all[0]!, {...other, name: nameOf(other.scenario)}, labels, input))}
    ${drop}
  </section>`;
}

function Difference(
  first: {name: string; scenario: Scenario},
  second: {name: string; scenario: Scenario},
  labels: Record<string, string>,
  input: ScenarioHead
): HTMLElement {
  const {onlyFirst, onlySecond, both} = compareScenarios(first.scenario, second.scenario, labels);
  const other = otherData(second.scenario, input);
  const say = (what: string, list: readonly string[]) =>
    list.length > 0 ? html`<p>${what}: ${list.join("; ")}.</p>` : null;
  return html`<div class="weir-difference"><h3>${second.name}</h3>
    ${say("Only this page assumes", onlyFirst)}
    ${say(`Only ${second.name} assumes`, onlySecond)}
    ${say("Both assume", both)}
    ${onlyFirst.length + onlySecond.length === 0 ? html`<p>They assume the same.</p>` : null}
    ${other ? html`<p>${other}</p>` : null}
  </div>`;
}
