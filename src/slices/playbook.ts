/** What good looks like in this firm's own numbers, stage by stage, and every figure's definition. */
import {daysUntilLeft, kaplanMeier, type Stay} from "./kaplanMeier.js";
import type {MetricCatalogue} from "./metricSpec.js";
import {type Ladder, type Path, stageRows} from "./stagePaths.js";

/** A rule of workspace.yaml in words. */
export interface Rule {
  pipeline: string;
  stage: string;
  side: "entry" | "exit";
  rule: string;
}

/** The Playbook page's data; made by loaders/pages/playbookData.ts. */
export interface PlaybookData {
  rules: Rule[];
  guides: StageGuide[];
}

export interface StageGuide {
  pipeline: string;
  stage: string;
  entry: string[];
  exit: string[];
  /** Of the deals that entered in the window, the share that moves on, undecided ones as censored; null for none. */
  movesOn: number | null;
  n: number;
  /** Days by which half, and nine in ten, of the stays of deals that were won had ended; null when no stay is known. */
  wonHalf: number | null;
  wonMost: number | null;
}

/** One entry a stage, in the order deals walk. Stays are those of deals that were won, whatever came of others. */
export function stageGuide(
  paths: readonly Path[],
  ladders: readonly Ladder[],
  rules: readonly Rule[],
  asOf: number,
  window: {from: number; to: number}
): StageGuide[] {
  const of = (pipeline: string, stage: string, side: Rule["side"]) =>
    rules
      .filter((rule) => rule.pipeline === pipeline && rule.stage === stage && rule.side === side)
      .map(({rule}) => rule);
  return stageRows(paths, ladders, asOf, window).map(({pipeline, stage, nEntered, cohort}) => {
    const stays = paths
      .filter((path) => path.outcome === "won" && path.ladder.pipeline === pipeline)
      .flatMap((path) =>
        path.visits.flatMap((visit): Stay[] => {
          const left = visit.leftOn ?? path.endedOn;
          return visit.stage === stage && left !== null && visit.enteredOn >= window.from
            ? [{days: left - visit.enteredOn, hasEnded: true}]
            : [];
        })
      );
    const curve = kaplanMeier(stays);
    return {
      pipeline,
      stage,
      entry: of(pipeline, stage, "entry"),
      exit: of(pipeline, stage, "exit"),
      movesOn: cohort?.share ?? null,
      n: nEntered,
      wonHalf: daysUntilLeft(curve),
      wonMost: daysUntilLeft(curve, 0.9)
    };
  });
}

/** A figure and how it is defined. */
export interface GlossaryEntry {
  /** Its name in the catalogue: what `weir explain` is asked by. */
  key: string;
  subject: string;
  term: string;
  formula: string;
  caveat: string | null;
  /** Other figures of the same name. */
  rivals: string | null;
}

/** Every metric and definition of the catalogue, by name. */
export function glossary({metrics, definitions}: MetricCatalogue): GlossaryEntry[] {
  return Object.entries({...metrics, ...definitions})
    .map(([key, entry]) => ({
      key,
      subject: entry.subject ?? "Other",
      term: entry.label,
      formula: entry.formula,
      caveat: entry.caveat ?? null,
      rivals:
        ("rivals" in entry ? entry.rivals : undefined)
          ?.map((rival) => rival.replace(/^Rival: /, ""))
          .join(" ") ?? null
    }))
    .sort((a, b) => (a.term.toLowerCase() < b.term.toLowerCase() ? -1 : 1));
}

/** The entries by subject, subjects by name. */
export function bySubject(entries: readonly GlossaryEntry[]): {subject: string; entries: GlossaryEntry[]}[] {
  const subjects = [...new Set(entries.map(({subject}) => subject))].sort();
  return subjects.map((subject) => ({
    subject,
    entries: entries.filter((entry) => entry.subject === subject)
  }));
}
