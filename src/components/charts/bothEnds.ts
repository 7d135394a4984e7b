import {count} from "../format.js";

const MOST_DRAWN = 30;

/** Rows a chart draws, and words that say which they are; empty words when it draws all of them. */
export interface Ends<Row> {
  rows: Row[];
  said: string;
}

/** Of more rows than a chart has room for, the highest and the lowest, half each; the data behind the chart keep all
 * that are given, of the `of` that there are. */
export function bothEnds<Row>(
  rows: readonly Row[],
  rankOf: (row: Row) => number,
  noun: string,
  {most = MOST_DRAWN, of = rows.length}: {most?: number; of?: number} = {}
): Ends<Row> {
  if (rows.length <= most) return {rows: [...rows], said: ""};
  const half = Math.floor(most / 2);
  const ranked = [...rows].sort((a, b) => rankOf(b) - rankOf(a));
  return {
    rows: [...ranked.slice(0, half), ...ranked.slice(-half)],
    said: `; drawn are the ${count(half)} highest and the ${count(half)} lowest of ${count(of)} ${noun}, Show data lists ${of > rows.length ? `${count(rows.length)} of them` : "all"}`
  };
}
