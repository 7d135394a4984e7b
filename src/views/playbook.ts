/** The Playbook page: what each stage asks and what good looks like here, and what every figure means. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {count, days, percent} from "../components/format.js";
import {PlainTable} from "../components/plainTable.js";
import {glossary, type PlaybookData, type StageGuide} from "../slices/playbook.js";
import {openStages} from "./conversion.js";
import type {PageContext} from "./pageContext.js";

/** One sentence: how many stages and rules, and how many figures are explained. */
export function playbookAnswer(context: PageContext, {rules}: PlaybookData): Content {
  const {ladders} = openStages(context);
  const nStages = ladders.reduce((sum, {stages}) => sum + stages.length, 0);
  return [
    html`<strong>${count(nStages)}</strong>`,
    ` stages, ${count(rules.length)} rules, and what good looked like in the last twelve months; below, what each of `,
    html`<strong>${count(glossary(context.site.catalogue).length)}</strong>`,
    " figures means."
  ];
}

/** A table for each pipeline: what a stage asks, how many move on, how long won deals take. */
export function StageGuides(context: PageContext, {guides}: PlaybookData): HTMLElement {
  const {ladders} = openStages(context);
  return html`<div class="weir-stack">${ladders.map(({pipeline}) =>
    PlainTable(
      guides.filter((each) => each.pipeline === pipeline).map((each) => stageInWords(context, each)),
      [
        {key: "stage", label: "Stage", unit: "text"},
        {key: "entry", label: "To enter", unit: "text"},
        {key: "exit", label: "To go on", unit: "text"},
        {key: "movesOn", label: "Moves on here", unit: "text"},
        {key: "takes", label: "Won deals stay", unit: "text"},
        {key: "limit", label: "Limit", unit: "text"}
      ],
      {caption: ladders.length > 1 ? `The stages: ${pipeline}` : "The stages"}
    )
  )}</div>`;
}

/** Every figure with its formula, its caveat and its rivals. */
export function Glossary({site}: PageContext): HTMLElement {
  return html`<section>
    <h2>What every figure means</h2>
    <dl class="weir-glossary">${glossary(site.catalogue).map(
      ({term, formula, caveat, rivals}) => html`<div>
        <dt>${term}</dt>
        <dd>${formula}</dd>
        ${caveat ? html`<dd class="weir-aside"><b>Mind:</b> ${caveat}</dd>` : null}
        ${rivals ? html`<dd class="weir-aside"><b>Others mean:</b> ${rivals}</dd>` : null}
      </div>`
    )}</dl>
  </section>`;
}

function stageInWords({site}: PageContext, guide: StageGuide): Record<string, string> {
  const limit = site.stages.find(
    ({pipeline, stage}) => pipeline === guide.pipeline && stage === guide.stage
  )?.day_limit;
  return {
    stage: guide.stage,
    entry: guide.entry.join("; ") || "nothing is asked",
    exit: guide.exit.join("; ") || "nothing is asked",
    movesOn: guide.movesOn === null ? "none entered" : `${percent(guide.movesOn)} of ${count(guide.n)}`,
    takes:
      guide.wonHalf === null
        ? "not known"
        : `half ${days(guide.wonHalf)}, nine in ten ${days(guide.wonMost ?? guide.wonHalf)}`,
    limit: limit ? days(limit) : "none"
  };
}
