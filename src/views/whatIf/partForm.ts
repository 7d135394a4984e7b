/** Adds a lever on a part: which, of what, which value. */
import {html} from "htl";
import {named} from "../../components/format.js";
import type {ScenarioHead} from "../../scenario/head.js";
import {LEVERS, type LeverKind} from "../../scenario/levers/leverKinds.js";
import type {LeverSetting} from "../../scenario/scenario.js";
import type {SiteData} from "../../slices/site.js";

interface Cut {
  key: string;
  label: string;
  values: string[];
}

/** What deals can be cut by; deals to come have no stage. */
function cutsFor(site: SiteData, head: ScenarioHead, kind: LeverKind): Cut[] {
  const own = site.dimensions
    .filter(({key}) => head.cuts.includes(key) && !head.more.some((each) => each.key === key))
    .map(({key, label, values}) => ({key, label, values: values.map(({value}) => value)}));
  const stage = {key: "stage", label: "Stage", values: [...head.stages]};
  return [...(LEVERS[kind].onArrivals ? [] : [stage]), ...own, ...head.more].filter(
    ({values}) => values.length > 0
  );
}

export function PartForm(
  site: SiteData,
  head: ScenarioHead,
  onAdd: (lever: LeverSetting) => void
): HTMLElement {
  const option = (value: string, text: string) => html`<option value=${value}>${text}</option>`;
  const select = (options: Node[]) => html`<select>${options}</select>` as HTMLElement as HTMLSelectElement;
  const kind = select(head.kinds.map((each) => option(each, LEVERS[each].label)));
  const cut = select([]);
  const value = select([]);
  const cuts = () => cutsFor(site, head, kind.value as LeverKind);
  const fill = () => {
    const {values, label} = cuts().find(({key}) => key === cut.value) ?? {values: [], label: ""};
    value.replaceChildren(...values.map((each) => option(each, named(each, label))));
  };
  const suit = () => {
    const before = cut.value;
    cut.replaceChildren(...cuts().map(({key, label}) => option(key, label)));
    if (cuts().some(({key}) => key === before)) cut.value = before;
    fill();
  };
  kind.addEventListener("change", suit);
  cut.addEventListener("change", fill);
  suit();
  const add = html`<button type="button" class="weir-button">Add lever</button>`;
  add.addEventListener("click", () => {
    const chosen = kind.value as LeverKind;
    onAdd({kind: chosen, value: LEVERS[chosen].neutral, where: {dimension: cut.value, value: value.value}});
  });
  return html`<details class="weir-lever-add"><summary>Move a part only</summary>
    <p class="weir-chart-note">One stage, region, source, campaign, partner: the lever acts on its deals alone.</p>
    <label>Lever ${kind}</label><label>Of ${cut}</label><label>Namely ${value}</label>${add}</details>`;
}

/** What a cut is called, in lower case. */
export function labelOf(site: SiteData, {more}: Pick<ScenarioHead, "more">, key: string): string {
  return cutLabels(site, more)[key]?.toLowerCase() ?? key;
}

/** Names of everything that levers and filters cut by, by key. */
export function cutLabels(site: SiteData, more: ScenarioHead["more"]): Record<string, string> {
  return Object.fromEntries([...site.dimensions, ...more].map(({key, label}) => [key, label]));
}
