/**
 * What a page shows, worked out of single deals: in the browser for a firm of ordinary size, by the build for a large one.
 * Figures are plain values, in groups by what of the filter bar they depend on beside the filters, so that a file with the
 * answers to one filter holds each of them once.
 */
import type {Facts} from "../slices/facts.js";
import type {Dimension, SiteData} from "../slices/site.js";
import type {ChosenAsOf} from "./chosen.js";

/** What figures are worked out of. */
export interface Asked {
  site: SiteData;
  facts: Facts;
  /** The page's files by kind. */
  // biome-ignore lint/suspicious/noExplicitAny: each page knows what its own files hold
  files: Record<string, any>;
  chosen: ChosenAsOf;
}

type Group<Figures extends object> = (asked: Asked) => Figures;

/** A page's figures: those of the filters alone, of the quarter, of the cut, and of both. */
export interface PageFigures<
  Still extends object,
  Quarter extends object = object,
  Cut extends object = object,
  Both extends object = object
> {
  /** Name of the page's folder among the answers. */
  page: string;
  /** Kinds of files that the figures are worked out of. */
  kinds: readonly string[];
  /** What the page is filtered by, where that is its own; the build of a large firm then answers every value of each. */
  dimensions?: (asked: Pick<Asked, "site" | "files">) => Dimension[];
  /** Kinds read besides when the figures are asked of a past day; absent where they are not. */
  pastKinds?: readonly string[];
  /** The whole is worked out of a firm of any size. */
  isAlwaysAnswered?: boolean;
  still: Group<Still>;
  quarter?: Group<Quarter>;
  cut?: Group<Cut>;
  both?: Group<Both>;
}

/** The answers to one filter, as a file holds them: quarters by label, cuts by key, both by "label|key". */
export interface Answers {
  still: object;
  quarter: Record<string, object>;
  cut: Record<string, object>;
  both: Record<string, object>;
}

/** The figures of a selection: recalled from the answers where the build has worked them out, else worked out. */
export function figuresOf<S extends object, Q extends object, C extends object, B extends object>(
  spec: PageFigures<S, Q, C, B>,
  {
    context: {site, facts},
    files,
    answers
  }: {context: {site: SiteData; facts: Facts}; files: Asked["files"]; answers?: Answers | undefined},
  chosen: ChosenAsOf
): S & Q & C & B {
  if (answers) {
    const [label, cut] = [chosen.period.label, chosen.cut?.key ?? ""];
    return {
      ...answers.still,
      ...answers.quarter[label],
      ...answers.cut[cut],
      ...answers.both[`${label}|${cut}`]
    } as S & Q & C & B;
  }
  const asked = {site, facts, files, chosen};
  return {
    ...spec.still(asked),
    ...spec.quarter?.(asked),
    ...spec.cut?.(asked),
    ...spec.both?.(asked)
  } as S & Q & C & B;
}

/** Deals behind a figure: rows of the table of deals; of a large firm only the largest of the `n`. */
export interface DealList {
  n: number;
  rows: number[];
}

/** Rows of a table in their order; of a large firm only the first of the `n`. */
export interface Ranked<Row> {
  n: number;
  list: Row[];
}

/** All deals behind a figure. */
export function dealList(rows: Iterable<number>): DealList {
  const all = [...rows];
  return {n: all.length, rows: all};
}

/** All rows of a table. */
export function ranked<Row>(list: readonly Row[]): Ranked<Row> {
  return {n: list.length, list: [...list]};
}
