/** The What-if page's parts, tied together: controls, the engine behind them, and what is drawn of its answers. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {Empty} from "../../components/empty.js";
import type {FilterState} from "../../components/filterBar.js";
import type {ScenarioInput} from "../../scenario/input.js";
import type {Answer} from "../../scenario/outlook/answer.js";
import type {Scenario} from "../../scenario/scenario.js";
import type {SiteData} from "../../slices/site.js";
import {type Engine, startEngine} from "./answers.js";
import {type Compared, Comparison, nameOf} from "./compare.js";
import {BreakEvenTable, TornadoChart} from "./deeper.js";
import {ScenarioFilters} from "./filters.js";
import {Bands, BridgeChart, Notes, scenarioAnswer, scenarioKpis} from "./outcome.js";
import {type PanelElement, ScenarioPanel} from "./panel.js";
import {comparedWith, type ReadState, scenarioOf} from "./state.js";

/** What the build hands over: the input, or why there is none. */
export type ScenarioData = {input: ScenarioInput; reason: null} | {input: null; reason: string};

export interface Shown {
  scenario: Scenario | null;
  found: Answer | null;
  answer: Content | null;
  notes: Node | null;
  kpis: Node | null;
  comparison: Node | null;
  bands: Node | null;
  bridge: Node | null;
}

export interface WhatIfPage {
  bar: HTMLElement & {value: FilterState | null};
  panel: HTMLElement & {value: ReadState | null};
  show(state: FilterState | null, assumed: ReadState | null): Promise<Shown>;
  explore(shown: Shown): Promise<{tornado: Node | null; breakEven: Node | null}>;
}

/** The chance that break-even asks for. */
const CHANCE = 0.5;

/** Without a forecast the page says why and has no controls. */
export function startPage(site: SiteData, data: ScenarioData): WhatIfPage {
  if (!data.input) return emptyPage(data.reason);
  const {input} = data;
  const engine: Engine = startEngine(input);
  const panel: PanelElement = ScenarioPanel(site, input);
  return {
    bar: ScenarioFilters(site, input),
    panel,
    async show(state, read) {
      const scenario = scenarioOf(input, state!, read!.assumed);
      panel.shown = scenario;
      const {scenarios, problems} = comparedWith(
        location.search,
        site.dimensions.map(({key}) => key)
      );
      const [found, ...rest] = await engine.answers([scenario, ...scenarios]);
      const others = scenarios.map((each, i): Compared => ({scenario: each, found: rest[i]!}));
      return {
        scenario,
        found: found!,
        answer: scenarioAnswer(input, scenario, found!),
        notes: Notes(input, scenario, found!),
        kpis: scenarioKpis(input, scenario, found!),
        comparison: Comparison(site, input, {scenario, found: found!}, others, problems),
        bands: Bands(
          input,
          scenario,
          found!,
          others.map((other) => ({name: nameOf(other.scenario), found: other.found}))
        ),
        bridge: BridgeChart(site, input, scenario, found!)
      };
    },
    async explore({scenario, found}) {
      const deeper = await engine.deeper(scenario!, CHANCE);
      return {tornado: TornadoChart(input, found!, deeper), breakEven: BreakEvenTable(input, found!, deeper)};
    }
  };
}

function emptyPage(reason: string): WhatIfPage {
  const element = () => Object.assign(html`<div></div>`, {value: null});
  const none = {tornado: null, breakEven: null};
  return {
    bar: element(),
    panel: Object.assign(
      html`<div>${Empty({reason, action: "The page fills once the exports hold enough closed deals for a forecast."})}</div>`,
      {value: null}
    ),
    show: async () => ({
      scenario: null,
      found: null,
      answer: null,
      notes: null,
      kpis: null,
      comparison: null,
      bands: null,
      bridge: null
    }),
    explore: async () => none
  };
}
