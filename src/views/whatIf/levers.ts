/** The sliders: one for each lever on the whole selection, then those on parts of it. */
import {html} from "htl";
import {Slider, type SliderElement} from "../../components/slider.js";
import type {ScenarioInput} from "../../scenario/input.js";
import {LEVERS, type LeverKind} from "../../scenario/levers/leverKinds.js";
import {usableKinds} from "../../scenario/levers/sensitivity.js";
import {campaignWords, leverValue} from "../../scenario/levers/words.js";
import type {LeverSetting} from "../../scenario/scenario.js";
import type {SiteData} from "../../slices/site.js";

export interface LeverControls {
  element: HTMLElement;
  /** Every setting that is not neutral, and every part lever. */
  value(): LeverSetting[];
}

/** How far the slider of a lever goes: numbers of people stay near what has been seen, the rest of the range is typed. */
function ends(kind: LeverKind, past: {lo: number; hi: number} | undefined, value: number): [number, number] {
  const {min, max, unit} = LEVERS[kind];
  if (unit !== "number") return [min, max];
  const reach = Math.max(10, 4 * Math.max(Math.abs(past?.lo ?? 0), Math.abs(past?.hi ?? 0)), Math.abs(value));
  return [Math.max(min, -reach), Math.min(max, reach)];
}

/** The range seen before, in words. */
export function rangeWords(kind: LeverKind, {history}: ScenarioInput): string {
  const past = history[kind];
  return past
    ? `Seen before: ${leverValue(kind, past.lo)} to ${leverValue(kind, past.hi)} (${past.n} quarters).`
    : "Past values are not known from these exports.";
}

/** @param onMove called on every move; @param onShape called when levers come or go */
export function LeverSliders(
  site: SiteData,
  input: ScenarioInput,
  levers: readonly LeverSetting[],
  onMove: () => void,
  onShape: (levers: LeverSetting[]) => void
): LeverControls {
  const kinds = usableKinds(input);
  const whole = kinds.map((kind) => {
    const set = levers.find((lever) => lever.kind === kind && !lever.where);
    return row(input, set ?? {kind, value: LEVERS[kind].neutral}, LEVERS[kind].label, onMove);
  });
  const parts = levers
    .filter(({where}) => where !== undefined)
    .map((lever) => {
      const {where, kind} = lever;
      const dimension = labelOf(site, where!.dimension);
      const made = row(input, lever, `${LEVERS[kind].label}, ${dimension} ${where!.value}`, onMove);
      const remove = html`<button type="button" class="weir-button weir-quiet">Remove<span class="weir-unseen"> ${LEVERS[kind].label} of ${where!.value}</span></button>`;
      remove.addEventListener("click", () => onShape(value().filter((each) => each.where !== where)));
      made.element.append(remove);
      return made;
    });
  // Settings this data cannot carry stay in the scenario; a warning says that they change nothing.
  const idle = levers.filter(({kind, where}) => !where && !kinds.includes(kind));
  const value = () => [
    ...whole
      .map(({setting}) => setting())
      .filter(({kind, value: now, from}) => now !== LEVERS[kind].neutral || from),
    ...parts.map(({setting}) => setting()),
    ...idle
  ];
  const element = html`<div class="weir-levers">
    ${whole.map(({element: each}) => each)}
    ${parts.map(({element: each}) => each)}
    ${PartForm(site, input, kinds, (lever) => onShape([...value(), lever]))}
  </div>`;
  return {element, value};
}

function row(input: ScenarioInput, lever: LeverSetting, label: string, onMove: () => void) {
  const {kind} = lever;
  const {means, step} = LEVERS[kind];
  const past = input.history[kind];
  const [min, max] = ends(kind, past, lever.value);
  const slider: SliderElement = Slider({
    label,
    min,
    max,
    step,
    value: lever.value,
    format: (value) => leverValue(kind, Number(value.toFixed(4)))
  });
  slider.title = means;
  const unseen = html`<small class="weir-lever-unseen" hidden>Not seen before.</small>`;
  const from =
    html`<input type="date" min=${input.asOf} max=${input.windows.at(-1)!.to} value=${lever.from ?? ""}>` as HTMLElement as HTMLInputElement;
  const setting = (): LeverSetting => ({
    kind,
    value: Number(slider.value.toFixed(4)),
    ...(lever.where ? {where: lever.where} : {}),
    ...(from.value ? {from: from.value} : {})
  });
  const mark = () => {
    const {value} = setting();
    unseen.hidden = !past || value === LEVERS[kind].neutral || (value >= past.lo && value <= past.hi);
  };
  const moved = () => {
    mark();
    onMove();
  };
  slider.addEventListener("input", (event) => {
    event.stopPropagation();
    moved();
  });
  from.addEventListener("change", moved);
  mark();
  const element = html`<div class="weir-lever">${slider}${unseen}
    <details class="weir-lever-more"><summary>${rangeWords(kind, input)}</summary>
      <p>${means}</p>${kind === "campaigns" && input.campaigns ? html`<p>${campaignWords(input.campaigns)}</p>` : null}<label>From <span class="weir-unseen">for ${label}</span>${from}</label></details>
  </div>`;
  return {element, setting};
}

/** Adds a lever on a part: which, of what, which value. */
function PartForm(
  site: SiteData,
  {deals, stages}: ScenarioInput,
  kinds: readonly LeverKind[],
  onAdd: (lever: LeverSetting) => void
): HTMLElement {
  const cuts = [
    ...site.dimensions
      .filter(({key}) => deals.columns[key]?.kind === "key")
      .map(({key, label, values}) => ({key, label, values: values.map(({value}) => value)})),
    {key: "stage", label: "Stage", values: [...stages]}
  ];
  const option = (value: string, text: string) => html`<option value=${value}>${text}</option>`;
  const select = (options: Node[]) => html`<select>${options}</select>` as HTMLElement as HTMLSelectElement;
  const kind = select(kinds.map((each) => option(each, LEVERS[each].label)));
  const cut = select(cuts.map(({key, label}) => option(key, label)));
  const value = select([]);
  const fill = () =>
    value.replaceChildren(
      ...(cuts.find(({key}) => key === cut.value)?.values ?? []).map((each) => option(each, each))
    );
  cut.addEventListener("change", fill);
  fill();
  const add = html`<button type="button" class="weir-button">Add lever</button>`;
  add.addEventListener("click", () => {
    const chosen = kind.value as LeverKind;
    onAdd({kind: chosen, value: LEVERS[chosen].neutral, where: {dimension: cut.value, value: value.value}});
  });
  return html`<details class="weir-lever-add"><summary>Move a part only</summary>
    <label>Lever ${kind}</label><label>Of ${cut}</label><label>Namely ${value}</label>${add}</details>`;
}

export function labelOf(site: SiteData, key: string): string {
  return site.dimensions.find((dimension) => dimension.key === key)?.label.toLowerCase() ?? key;
}
