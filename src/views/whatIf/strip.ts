/** The answer in a few words, in sight at the top while sliders further down are moved; read out as it changes. */
import {html} from "htl";
import {money, signed} from "../../components/format.js";
import type {ScenarioHead} from "../../scenario/head.js";
import type {Answer} from "../../scenario/outlook/answer.js";
import type {Scenario} from "../../scenario/scenario.js";
import {at, chanceOf, isBase} from "./outcome.js";

/** Height that the filter bar covers at most, px. */
const BAR = 90;

/** Hangs under the filter bar, which stays at the top of a wide page; shown once what stands above `element` is scrolled away. */
export function Strip(bar: HTMLElement): {element: HTMLElement; show(words: Node): void} {
  const words = html`<div class="weir-whatif-words" aria-live="polite"></div>`;
  const element = html`<div class="weir-whatif-strip"></div>`;
  bar.append(words);
  if (typeof IntersectionObserver !== "undefined")
    new IntersectionObserver(
      ([entry]) =>
        words.classList.toggle("weir-stuck", !entry!.isIntersecting && entry!.boundingClientRect.top < BAR),
      {rootMargin: `-${BAR}px 0px 0px 0px`}
    ).observe(element);
  return {element, show: (now) => words.replaceChildren(now)};
}

/** "2026 Q3: $2.1 M (+$120 k), 80% $1.4 M to $2.9 M, chance of the target 34%" */
export function stripWords({currency}: ScenarioHead, scenario: Scenario, found: Answer): HTMLElement {
  const {window, base, scenario: now, chance} = found;
  return html`<p>${window.label}: <strong>${money(now.mean, currency)}</strong>${
    isBase(scenario)
      ? " as forecast"
      : html` (<strong>${signed(now.mean - base.mean, "money", currency)}</strong>)`
  }<span class="weir-strip-more">, 80% ${money(at(now, 0.1), currency)} to ${money(at(now, 0.9), currency)}</span>${
    chance === null ? "" : `, chance of the target ${chanceOf(chance, found)}`
  }</p>`;
}
