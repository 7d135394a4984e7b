/** The sliders: one for each lever on the whole selection, then those on parts of it. */
import {html} from "htl";
import {Slider, type SliderElement} from "../../components/slider.js";
import type {ScenarioHead} from "../../scenario/head.js";
import {LEVER_GROUPS, LEVERS, type LeverKind} from "../../scenario/levers/leverKinds.js";
import {campaignWords, leverValue, paysWords, trainingWords} from "../../scenario/levers/words.js";
import type {LeverSetting} from "../../scenario/scenario.js";
import {NONE} from "../../slices/select.js";
import type {SiteData} from "../../slices/site.js";
import {labelOf, PartForm} from "./partForm.js";

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

/** The range seen before, in words. @param ofPart true for a lever on a part: the range is the whole firm's */
export function rangeWords(
  kind: LeverKind,
  {history}: Pick<ScenarioHead, "history">,
  value: number,
  ofPart = false
): string {
  const past = history[kind];
  if (!past) return "Past values not known";
  const range = `${leverValue(kind, past.lo)} to ${leverValue(kind, past.hi)}`;
  if (isUnseen(kind, {history}, value)) return `Not seen before: was ${range}`;
  return `Seen${ofPart ? " in the whole firm" : " before"}: ${range}`;
}

/** Whether a value lies beyond what past quarters show. */
function isUnseen(kind: LeverKind, {history}: Pick<ScenarioHead, "history">, value: number): boolean {
  const past = history[kind];
  return past !== undefined && value !== LEVERS[kind].neutral && (value < past.lo || value > past.hi);
}

/** @param onMove called on every move; @param onShape called when levers come or go */
export function LeverSliders(
  site: SiteData,
  head: ScenarioHead,
  levers: readonly LeverSetting[],
  onMove: () => void,
  onShape: (levers: LeverSetting[]) => void
): LeverControls {
  const groups = LEVER_GROUPS.map(({label, kinds}) => ({
    label,
    rows: kinds
      .filter((kind) => head.kinds.includes(kind))
      .map((kind) => {
        const set = levers.find((lever) => lever.kind === kind && !lever.where);
        return Row(head, set ?? {kind, value: LEVERS[kind].neutral}, LEVERS[kind].label, onMove);
      })
  })).filter(({rows}) => rows.length > 0);
  const parts = levers
    .filter(({where}) => where !== undefined)
    .map((lever) => {
      const {where, kind} = lever;
      const dimension = labelOf(site, head, where!.dimension);
      const part = where!.value === NONE ? `no ${dimension}` : `${dimension} ${where!.value}`;
      const name = `${LEVERS[kind].label}, ${part}`;
      const remove = html`<button type="button" class="weir-button weir-quiet">Remove<span class="weir-unseen"> ${name}</span></button>`;
      remove.addEventListener("click", () => onShape(value().filter((each) => each.where !== where)));
      return Row(head, lever, name, onMove, remove);
    });
  const whole = groups.flatMap(({rows}) => rows);
  // Settings this data cannot carry stay in the scenario; a warning says that they change nothing.
  const idle = levers.filter(({kind, where}) => !where && !head.kinds.includes(kind));
  const value = () => [
    ...whole
      .map(({setting}) => setting())
      .filter(({kind, value: now, from}) => now !== LEVERS[kind].neutral || from),
    ...parts.map(({setting}) => setting()),
    ...idle
  ];
  const element = html`<div class="weir-levers">
    ${groups.map(
      ({label, rows}) =>
        html`<fieldset class="weir-lever-group"><legend>${label}</legend>${rows.map((row) => row.element)}</fieldset>`
    )}
    ${
      parts.length > 0
        ? html`<fieldset class="weir-lever-group"><legend>On a part only</legend>${parts.map((row) => row.element)}</fieldset>`
        : null
    }
    ${PartForm(site, head, (lever) => onShape([...value(), lever]))}
  </div>`;
  return {element, value};
}

function Row(
  head: ScenarioHead,
  lever: LeverSetting,
  label: string,
  onMove: () => void,
  remove: HTMLElement | null = null
) {
  const {kind} = lever;
  const {means, step, neutral} = LEVERS[kind];
  const past = head.history[kind];
  const [min, max] = ends(kind, past, lever.value);
  const slider: SliderElement = Slider({
    label,
    min,
    max,
    step,
    value: lever.value,
    neutral,
    seen: past ?? null,
    format: (value) => leverValue(kind, Number(value.toFixed(4)))
  });
  slider.title = means;
  const seen = html`<summary></summary>`;
  const pays = kind === "price" || kind === "discount" ? html`<small class="weir-lever-pays"></small>` : null;
  const reset = html`<button type="button" class="weir-button weir-quiet" hidden>Reset<span class="weir-unseen"> ${label}</span></button>`;
  const from =
    html`<input type="date" min=${head.asOf} max=${head.windows.at(-1)!.to} value=${lever.from ?? ""}>` as HTMLElement as HTMLInputElement;
  const exact = Exact(kind, (value) => put(value));
  // A number typed beyond the slider's end stays what was typed until the slider is moved again.
  let typed: number | null = null;
  const current = () => typed ?? Number(slider.value.toFixed(4));
  const setting = (): LeverSetting => ({
    kind,
    value: current(),
    ...(lever.where ? {where: lever.where} : {}),
    ...(from.value ? {from: from.value} : {})
  });
  const mark = () => {
    const value = current();
    seen.textContent = rangeWords(kind, head, value, lever.where !== undefined);
    more.classList.toggle("weir-lever-unseen", isUnseen(kind, head, value));
    reset.hidden = value === neutral;
    if (pays) pays.textContent = paysWords(kind, value);
    exact.show(value);
  };
  const moved = () => {
    mark();
    onMove();
  };
  const put = (value: number) => {
    slider.value = value;
    typed = value;
    if (typed !== slider.value) slider.querySelector("output")!.textContent = leverValue(kind, value);
    moved();
  };
  slider.addEventListener("input", (event) => {
    event.stopPropagation();
    typed = null;
    moved();
  });
  reset.addEventListener("click", () => {
    put(neutral);
    slider.querySelector("input")!.focus();
  });
  from.addEventListener("change", moved);
  const measured =
    kind === "campaigns" && head.campaigns
      ? campaignWords(head.campaigns)
      : kind === "enablement" && head.partners?.training
        ? trainingWords(head.partners.training)
        : "";
  const more = html`<details class="weir-lever-more">${seen}
      <p>${means}</p>${measured ? html`<p>${measured}</p>` : null}${past ? html`<p>Seen: ${past.words} as marked on the slider.</p>` : null}
      <div class="weir-lever-exact"><label>Exactly <span class="weir-unseen">${label}, ${exact.unit}</span>${exact.element}</label>
      <label>From <span class="weir-unseen">for ${label}</span>${from}</label></div></details>`;
  mark();
  const element = html`<div class="weir-lever">${slider}${pays}
    <div class="weir-lever-foot">${more}${reset}${remove}</div></div>`;
  return {element, setting};
}

/** A field for the exact value: the change in percent, or the number. */
function Exact(kind: LeverKind, onChange: (value: number) => void) {
  const {unit, min, max, step, neutral} = LEVERS[kind];
  const shift = unit === "factor" ? 1 : 0;
  const times = unit === "number" ? 1 : 100;
  const shown = (value: number) => Number(((value - shift) * times).toFixed(2));
  const element =
    html`<input type="number" step=${unit === "number" ? 1 : Math.min(1, step * times)} min=${shown(min)} max=${shown(max)}>` as HTMLElement as HTMLInputElement;
  element.addEventListener("change", () => {
    const typed = element.value === "" ? shown(neutral) : element.valueAsNumber;
    if (!Number.isFinite(typed)) return;
    const value = Math.min(max, Math.max(min, typed / times + shift));
    onChange(Number((unit === "number" ? Math.round(value) : value).toFixed(4)));
  });
  return {
    element: html`<span class="weir-lever-number">${element}${unit === "number" ? "" : "%"}</span>`,
    unit: unit === "number" ? "number" : "change in percent",
    show: (value: number) => {
      element.value = String(shown(value));
    }
  };
}
