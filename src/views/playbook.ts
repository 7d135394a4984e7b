/** The Playbook page: what each stage asks and what good looks like here, and what every figure means. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {count, days, percent} from "../components/format.js";
import {PlainTable} from "../components/plainTable.js";
import {searcher} from "../components/tableModel.js";
import {openStages} from "../figures/stages.js";
import {
  bySubject,
  type GlossaryEntry,
  glossary,
  type PlaybookData,
  type StageGuide
} from "../slices/playbook.js";
import type {SiteData} from "../slices/site.js";
import type {PageContext} from "./pageContext.js";
import {isPartOfFirm} from "./wholeFirm.js";

/** One sentence: how many stages and rules, and how many figures are explained. */
export function playbookAnswer(context: PageContext, {rules}: PlaybookData): Content {
  const nStages = context.site.stages.filter(({kind}) => kind === "open").length;
  return [
    html`<strong>${count(nStages)}</strong>`,
    ` stages with ${count(rules.length)} entry and exit rules, and what good looked like in them over the last two years. Below, the definitions of all `,
    html`<strong>${count(glossary(context.site.catalogue).length)}</strong>`,
    " figures on these pages."
  ];
}

/** Where rules and numbers come from: in a site of some of the firm's deals, how others move on is not in the numbers. */
export function playbookSource(site: Pick<SiteData, "audience">): string {
  return isPartOfFirm(site)
    ? "Stages and rules are the firm's, the numbers are from the deals that this site holds."
    : "Stages and rules come from workspace.yaml, the numbers from this firm's own deals.";
}

/** A table for each pipeline: what a stage asks, how many move on, how long won deals take. */
export function StageGuides(context: PageContext, {guides}: PlaybookData): HTMLElement {
  const {ladders} = openStages(context);
  return html`<div class="weir-stack weir-stage-guides" role="region" aria-label="The stages" tabindex="0">${ladders.map(
    ({pipeline}) =>
      PlainTable(
        guides.filter((each) => each.pipeline === pipeline).map((each) => stageInWords(context, each)),
        [
          {key: "stage", label: "Stage", unit: "text"},
          {key: "entry", label: "To enter it", unit: "text"},
          {key: "exit", label: "To move on", unit: "text"},
          {key: "movesOn", label: "Deals that moved on", unit: "text"},
          {key: "takes", label: "Days won deals stayed", unit: "text"},
          {key: "limit", label: "Day limit", unit: "text"}
        ],
        {caption: ladders.length > 1 ? `The stages: ${pipeline}` : "The stages"}
      )
  )}</div>`;
}

/** Every figure with its formula, its caveat and its rivals: by subject, with a search over all words. */
export function Glossary({site}: PageContext): HTMLElement {
  const all = glossary(site.catalogue);
  const groups = bySubject(all).map(({subject, entries}) => {
    const shown = entries.map((entry) => ({entry, node: Entry(entry, !site.audience)}));
    const section =
      html`<details class="weir-glossary-subject"><summary><h3>${subject}</h3> ${count(entries.length)}</summary><dl class="weir-glossary">${shown.map(({node}) => node)}</dl></details>` as HTMLDetailsElement;
    return {section, shown};
  });
  const find = searcher(all, [
    ({term}) => term,
    ({formula}) => formula,
    ({caveat}) => caveat,
    ({rivals}) => rivals,
    ({key}) => key
  ]);
  const status = html`<span class="weir-chart-note" role="status"></span>`;
  const box =
    html`<input type="search" class="weir-search" placeholder="Search" aria-label="Search the figures">` as HTMLInputElement;
  const show = () => {
    const found = new Set(find(box.value));
    const isSearched = found.size < all.length;
    for (const {section, shown} of groups) {
      for (const {entry, node} of shown) node.hidden = !found.has(entry);
      section.hidden = shown.every(({node}) => node.hidden);
      section.open = isSearched;
    }
    status.textContent =
      found.size === all.length
        ? `${count(all.length)} figures`
        : found.size === 0
          ? "No figure has all of these words. Try fewer."
          : `${count(found.size)} of ${count(all.length)} figures`;
  };
  box.addEventListener("input", show);
  show();
  return html`<section>
    <h2>Definitions of all figures</h2>
    <div class="weir-glossary-bar">${box}${status}</div>
    ${groups.map(({section}) => section)}
  </section>`;
}

/** @param isOwn the firm's own site: its readers may have the command line, those of a narrowed one have not */
function Entry({key, term, formula, caveat, rivals}: GlossaryEntry, isOwn: boolean): HTMLElement {
  return html`<div id=${`figure-${key}`}>
    <dt>${term}</dt>
    <dd>${formula}</dd>
    ${caveat ? html`<dd class="weir-aside"><b>Caveat:</b> ${caveat}</dd>` : null}
    ${rivals ? html`<dd class="weir-aside"><b>Other definitions in use:</b> ${rivals}</dd>` : null}
    ${isOwn ? html`<dd class="weir-aside">On the command line: <code>weir explain ${key}</code></dd>` : null}
  </div>`;
}

function stageInWords({site}: PageContext, guide: StageGuide): Record<string, string> {
  const {day_limit: limit, is_undated: isUndated} =
    site.stages.find(({pipeline, stage}) => pipeline === guide.pipeline && stage === guide.stage) ?? {};
  return {
    stage: guide.stage,
    entry: guide.entry.join("; ") || "no rule",
    exit: guide.exit.join("; ") || "no rule",
    movesOn:
      guide.movesOn === null
        ? !site.hasStageHistory
          ? "no stage history"
          : isUndated
            ? "not dated"
            : "none entered"
        : `${percent(guide.movesOn)} of ${count(guide.n)}`,
    takes:
      guide.wonHalf === null
        ? "not known"
        : `median ${days(guide.wonHalf)}, 90% within ${days(guide.wonMost ?? guide.wonHalf)}`,
    limit: limit ? days(limit) : "none"
  };
}
