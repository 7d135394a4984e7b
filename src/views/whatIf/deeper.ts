/** Which lever matters most, and what must be true to reach the target. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {Tornado, type TornadoRow} from "../../components/charts/tornado.js";
import {Empty} from "../../components/empty.js";
import {money, percent} from "../../components/format.js";
import {PlainTable} from "../../components/plainTable.js";
import type {ScenarioHead} from "../../scenario/head.js";
import {LEVERS} from "../../scenario/levers/leverKinds.js";
import {leverValue} from "../../scenario/levers/words.js";
import type {Answer, Deeper} from "../../scenario/outlook/answer.js";

/** One bar a lever, over the range it has been in; the widest first. */
export function TornadoChart({currency}: ScenarioHead, found: Answer, {tornado}: Deeper): HTMLElement {
  const bars = tornado.filter(({atLo, atHi}) => Math.abs(atHi - atLo) >= 0.005);
  const rows: TornadoRow[] = bars.map(({kind, lo, hi, atLo, atHi, isHistorical}) => ({
    label: `${LEVERS[kind].label}${isHistorical ? "" : " *"}`,
    atLo,
    atHi,
    loWords: leverValue(kind, lo),
    hiWords: leverValue(kind, hi)
  }));
  return Chart({
    title: "What matters most",
    subtitle: `Expected in ${found.window.label}, ${currency}, with one lever at the lowest and highest it has been, as far as its slider goes`,
    rows,
    columns: [
      {key: "label", label: "Lever", unit: "text"},
      {key: "loWords", label: "At", unit: "text"},
      {key: "atLo", label: "Comes to", unit: "money", currency},
      {key: "hiWords", label: "Or at", unit: "text"},
      {key: "atHi", label: "Comes to", unit: "money", currency}
    ],
    name: "scenario-tornado",
    note: bars.some(({isHistorical}) => !isHistorical)
      ? "* Not known how far it has moved before: a tenth, or two people, is tried."
      : null,
    empty: {reason: "No lever moves this selection.", action: "Choose a later period or clear a filter."},
    render: (width) => Tornado({rows, centre: found.scenario.mean, width, unit: "money", currency})
  });
}

/** For each lever alone: the value that reaches the target with the chance asked for. */
export function BreakEvenTable(
  {currency}: ScenarioHead,
  found: Answer,
  {breakEven, chance}: Deeper
): HTMLElement {
  const {target, window} = found;
  if (target === null)
    return Empty({
      reason: "There is no target to reach in this selection.",
      action: "Set a target on the left."
    });
  const rows = breakEven.map(({kind, value, isWithinHistory}) => ({
    lever: LEVERS[kind].label,
    value:
      value === null
        ? "cannot reach it alone"
        : value === LEVERS[kind].neutral
          ? "nothing more"
          : leverValue(kind, value),
    seen:
      value === null || value === LEVERS[kind].neutral
        ? ""
        : isWithinHistory === null
          ? "not known"
          : isWithinHistory
            ? "yes"
            : "never"
  }));
  return html`<div class="weir-chart">${PlainTable(
    rows,
    [
      {key: "lever", label: "Lever, alone", unit: "text"},
      {key: "value", label: "Must be", unit: "text"},
      {key: "seen", label: "Seen before", unit: "text"}
    ],
    {
      caption: `What must be true to reach ${money(target, currency)} in ${window.label} with a chance of ${percent(chance)}`
    }
  )}<p class="weir-chart-note">Everything else as assumed. Change the period in the filter bar: late in a quarter hardly any lever still reaches into it.</p></div>`;
}
