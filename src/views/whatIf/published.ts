/** The scenarios a firm has committed to its workspace, and what came of them. */
import {html} from "htl";
import {date, money, percent} from "../../components/format.js";
import {PlainTable} from "../../components/plainTable.js";
import type {ScenarioHead} from "../../scenario/head.js";
import type {PublishedScenario, Score} from "../../scenario/saved/score.js";
import {nameOf} from "./compare.js";
import {addressOf} from "./state.js";

/** A table of them with links that open each; nothing where none is committed. */
export function PublishedScenarios(
  published: readonly PublishedScenario[],
  {currency}: ScenarioHead
): HTMLElement {
  if (published.length === 0) return html`<div></div>`;
  const good = published.flatMap(({scenario, score, file}) => (scenario ? [{scenario, score, file}] : []));
  const bad = published.filter(({scenario}) => scenario === null);
  const rows = good.map(({scenario, score, file}) => ({
    name: nameOf(scenario, file),
    made: scenario.made.asOf ? date(scenario.made.asOf) : "unknown",
    period: scenario.window,
    said: scenario.said
      ? `${money(scenario.said.expected, currency)} (${money(scenario.said.low80, currency)} to ${money(scenario.said.high80, currency)})`
      : "not stated in the file",
    came: score ? cameWords(score, currency) : "cannot be scored"
  }));
  const over = good.flatMap(({score}) => (score?.isOver ? [score] : []));
  return html`<section class="weir-chart weir-published">
    ${PlainTable(
      rows,
      [
        {key: "name", label: "Scenario", unit: "text"},
        {key: "made", label: "Made on data of", unit: "text"},
        {key: "period", label: "Period", unit: "text"},
        {key: "said", label: "It said (80% band)", unit: "text"},
        {key: "came", label: "What came", unit: "text"}
      ],
      {caption: "Published scenarios"}
    )}
    <p class="weir-chart-note">Open: ${good.map(({scenario, file}, i) => html`${i > 0 ? ", " : ""}<a data-plain href=${addressOf(scenario) || "?"}>${nameOf(scenario, file)}</a>`)}.
    ${over.length > 0 ? `Of ${over.length} that are over, ${over.filter(({isInside}) => isInside).length} came inside their 80% band (${percent(over.filter(({isInside}) => isInside).length / over.length)}).` : ""}</p>
    ${bad.map(({file, problems}) => html`<p class="weir-scenario-problems">${file} is not a scenario: ${problems.join("; ")}</p>`)}
  </section>`;
}

function cameWords({actual, isOver, isInside, error, forecastError}: Score, currency: string): string {
  const won = money(actual, currency);
  if (!isOver || error === null || forecastError === null) return `${won} so far; its period is not over`;
  const closer =
    Math.abs(error) === Math.abs(forecastError)
      ? "as far off as the forecast"
      : Math.abs(error) < Math.abs(forecastError)
        ? "closer than the forecast was"
        : "further off than the forecast was";
  return `${won}: ${isInside ? "inside" : "outside"} its band, ${money(Math.abs(error), currency)} ${error < 0 ? "below" : "above"} what it said, ${closer}`;
}
