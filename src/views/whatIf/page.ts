/** The What-if page's parts, tied together: controls, the engine behind them, and what is drawn of its answers. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {Empty} from "../../components/empty.js";
import type {FilterState} from "../../components/filterBar.js";
import {date} from "../../components/format.js";
import type {ScenarioHead} from "../../scenario/head.js";
import type {Answer} from "../../scenario/outlook/answer.js";
import type {PublishedScenario} from "../../scenario/saved/score.js";
import type {Said, Scenario} from "../../scenario/scenario.js";
import type {SiteData} from "../../slices/site.js";
import {type Engine, startEngine} from "./answers.js";
import {type Compared, Comparison, nameOf} from "./compare.js";
import {BreakEvenTable, TornadoChart} from "./deeper.js";
import {ScenarioFilters} from "./filters.js";
import {AssumedWords, at, Bands, BridgeChart, Notes, scenarioAnswer, scenarioKpis} from "./outcome.js";
import {type PanelElement, ScenarioPanel} from "./panel.js";
import {PublishedScenarios} from "./published.js";
import {comparedWith, type ReadState, scenarioOf} from "./state.js";
import {Strip, stripWords} from "./strip.js";

/** What the build hands over: the head of the head, or why there is none. The deals are the engine's alone. */
export type ScenarioPageData = {head: ScenarioHead; reason: null} | {head: null; reason: string};

export interface Shown {
  scenario: Scenario | null;
  found: Answer | null;
  answer: Content | null;
  /** What is assumed, in sentences: what is printed in place of the controls. */
  assumed: Node;
  notes: Node;
  kpis: Node;
  comparison: Node;
  bands: Node;
  bridge: Node;
}

export interface WhatIfPage {
  bar: HTMLElement & {value: FilterState | null};
  panel: HTMLElement & {value: ReadState | null};
  /** The answer in a few words. */
  strip: Node;
  /** The scenarios that were committed, with what came of them. */
  published: Node;
  show(state: FilterState | null, assumed: ReadState | null): Promise<Shown>;
  explore(shown: Shown): Promise<{tornado: Node; breakEven: Node}>;
}

/** The chance that break-even asks for. */
const CHANCE = 0.5;
/** A slider has come to rest when nothing has moved for so long. */
const REST_MS = 250;

/** Without a forecast the page says why and has no controls. @param url of the data that the engine fetches */
export function startPage(
  site: SiteData,
  {head, reason}: ScenarioPageData,
  url: string,
  published: readonly PublishedScenario[]
): WhatIfPage {
  if (!head) return emptyPage(site.asOf, reason);
  const engine: Engine = startEngine(url, site.parts?.version ?? null);
  const panel: PanelElement = ScenarioPanel(site, head, engine);
  const bar = ScenarioFilters(site, head);
  const strip = Strip(bar);
  let further: {tornado: Node; breakEven: Node} | null = null;
  return {
    bar,
    panel,
    strip: strip.element,
    published: PublishedScenarios(published, head),
    async show(state, read) {
      const scenario = scenarioOf(head, state!, read!.assumed);
      panel.shown = scenario;
      const {scenarios, problems} = comparedWith(
        location.search,
        site.dimensions.map(({key}) => key),
        scenario.window
      );
      const [found, ...rest] = await engine.answers([scenario, ...scenarios]);
      panel.said = saidOf(found!);
      strip.show(stripWords(head, scenario, found!));
      const others = scenarios.map((each, i): Compared => ({scenario: each, found: rest[i]!}));
      return {
        scenario,
        found: found!,
        answer: scenarioAnswer(head, scenario, found!),
        assumed: AssumedWords(site, head, scenario),
        notes: Notes(head, scenario, found!),
        kpis: scenarioKpis(head, scenario, found!),
        comparison: Comparison(site, head, {scenario, found: found!}, others, problems),
        bands: Bands(
          head,
          scenario,
          found!,
          others.map((other) => ({name: nameOf(other.scenario), found: other.found}))
        ),
        bridge: BridgeChart(site, head, scenario, found!)
      };
    },
    async explore({scenario, found}) {
      // While a slider is dragged, sensitivities would only take time from the figures that follow the hand.
      await new Promise((rested) => setTimeout(rested, REST_MS));
      // A cell that never answers is never asked again: what is overtaken answers with what was there.
      if (panel.shown !== scenario && further) return further;
      const deeper = await engine.deeper(scenario!, CHANCE);
      further = {
        tornado: TornadoChart(head, found!, deeper),
        breakEven: BreakEvenTable(head, found!, deeper)
      };
      return further;
    }
  };
}

/** The figures a saved file is scored by, to the cent. */
function saidOf({window, scenario, base}: Answer): Said {
  const cents = (value: number) => Math.round(100 * value) / 100;
  return {
    from: window.from,
    to: window.to,
    expected: cents(scenario.mean),
    low80: cents(at(scenario, 0.1)),
    high80: cents(at(scenario, 0.9)),
    forecast: cents(base.mean)
  };
}

function emptyPage(asOf: string, reason: string): WhatIfPage {
  const element = () => Object.assign(html`<div></div>`, {value: null});
  const nothing = () => html`<div></div>`;
  return {
    bar: Object.assign(html`<p class="weir-chart-note">As of ${date(asOf)}.</p>`, {value: null}),
    panel: element(),
    strip: nothing(),
    published: nothing(),
    show: async () => ({
      scenario: null,
      found: null,
      answer: reason,
      assumed: nothing(),
      notes: nothing(),
      kpis: Empty({
        reason,
        action: "The page fills once the exports hold enough closed deals for a forecast."
      }),
      comparison: nothing(),
      bands: nothing(),
      bridge: nothing()
    }),
    explore: async () => ({tornado: nothing(), breakEven: nothing()})
  };
}
