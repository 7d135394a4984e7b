/** What makes deals alike, as far as it is known before a deal is won or lost. */
import {type FactTable, isoDay} from "../facts.js";
import {isFilledLate, type Lacking} from "../filledIn.js";
import {dayAt, dealCents, numberAt, wordAt} from "./columns.js";

/** Columns of the deals that name a stratum. */
export const LIKE = ["segment", "deal_type", "region", "pipeline"];

/** The stratum of a deal, as a text. */
export function likeOf(deals: FactTable, deal: number): string {
  return LIKE.map((key) => wordAt(deals, key, deal) ?? "").join(" / ");
}

/** More bands of size would leave too few deals in each. */
const SIZE_BANDS = 5;

/** What a comparison of single deals holds alike. */
export interface Factors {
  /** In words, for the page. */
  names: string[];
  /** Left out, because it is filled in as a deal goes on: who has one has come far. */
  late: string[];
  /** One list a factor, one word a deal; more lists than names where the stratum is one of them. */
  words: (string | null)[][];
}

/**
 * The columns of the stratum, the product family, the fifth of the amounts and the quarter in which each deal began; then the stratum as
 * one word, for what its columns do together: a segment that is easily won in one region alone is no sum of the two.
 * @param list closed deals
 * @param more further columns of words
 */
export function factorsOf(deals: FactTable, list: readonly number[], more: readonly string[] = []): Factors {
  const columns = [...LIKE, "product_family", ...more];
  const all: [string, (string | null)[]][] = [
    ...columns.map((key): [string, (string | null)[]] => [
      nameOf(key),
      list.map((deal) => wordAt(deals, key, deal))
    ]),
    ["size", sizes(deals, list)],
    ["quarter it began", list.map((deal) => quarterOf(dayAt(deals, "created_on", deal)))]
  ];
  const isWon = list.map((deal) => wordAt(deals, "outcome", deal) === "won");
  const isLate = (words: readonly (string | null)[]) => {
    const lacking = (wanted: boolean): Lacking => {
      const side = words.filter((_, i) => isWon[i] === wanted);
      return {n: side.length, missing: side.filter((word) => word === null).length};
    };
    return isFilledLate(lacking(true), lacking(false));
  };
  const kept = all.filter(([, words]) => !isLate(words));
  const apart = kept.filter(([, words]) => new Set(words).size > 1);
  const ofStratum = apart.filter(([name]) => LIKE.some((key) => nameOf(key) === name));
  return {
    names: apart.map(([name]) => name),
    late: all.filter(([, words]) => isLate(words)).map(([name]) => name),
    words: [
      ...apart.map(([, words]) => words),
      ...(ofStratum.length > 1
        ? [list.map((_, i) => JSON.stringify(ofStratum.map(([, words]) => words[i])))]
        : [])
    ]
  };
}

function nameOf(key: string): string {
  return key.replace("deal_", "").replace("_", " ");
}

/** The fifth in which each deal's amount lies; null without an amount. */
function sizes(deals: FactTable, list: readonly number[]): (string | null)[] {
  const cents = list.map((deal) =>
    numberAt(deals, "is_amount_unknown", deal) === 1 ? null : dealCents(deals, deal)
  );
  const sorted = cents.filter((each) => each !== null).sort((a, b) => a - b);
  const edges = Array.from(
    {length: SIZE_BANDS - 1},
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / SIZE_BANDS)] ?? 0
  );
  return cents.map((each) => (each === null ? null : String(edges.filter((edge) => each >= edge).length)));
}

function quarterOf(day: number | null): string | null {
  if (day === null) return null;
  const [year, month] = isoDay(day).split("-").map(Number);
  return `${year} ${Math.floor((month! - 1) / 3)}`;
}
