/**
 * The Explore page's own thread: bundled whole by loaders/pages/bundleWorker.ts. It fetches the data itself, so that the
 * page neither parses nor copies them.
 */
import {type Asked, answerQuestion, type ExploreAnswer, prepare, rowsOf} from "./answerQuestion.js";
import {type ExploreShape, shapeOf} from "./exploreTable.js";
import {exploreTables} from "./exploreTables.js";
import type {Question} from "./question.js";

/** Addresses of the data files, absolute. */
export interface ExploreFiles {
  site: string;
  deals: string;
  entries: string;
  movement: string;
}

/** Rows as the page lists them. */
export interface ExploreRows {
  columns: {key: string; label: string; unit: "text" | "date" | "money" | "days" | "count" | "ratio"}[];
  rows: Record<string, string | number | null>[];
  /** Rows there are; `rows` holds the first of them. */
  n: number;
}

export type ExploreAsked =
  | {id: number; kind: "open"; files: ExploreFiles}
  | {id: number; kind: "answer"; question: Question}
  | {id: number; kind: "rows"; question: Question; group: {by?: string; across?: string}; most: number};

export type ExploreTold =
  | {id: number; result: ExploreShape[] | ExploreAnswer | ExploreRows}
  | {id: number; error: string};

const tables = new Map<string, Asked>();

addEventListener("message", async ({data}: MessageEvent<ExploreAsked>) => {
  let told: ExploreTold;
  try {
    told = {id: data.id, result: await answer(data)};
  } catch (error) {
    told = {id: data.id, error: error instanceof Error ? error.message : String(error)};
  }
  postMessage(told);
});

async function answer(asked: ExploreAsked): Promise<ExploreShape[] | ExploreAnswer | ExploreRows> {
  if (asked.kind === "open") return open(asked.files);
  const table = tables.get(asked.question.table)!;
  if (asked.kind === "answer") return answerQuestion(table, asked.question);
  const {shown} = table.table;
  const rows = rowsOf(table, asked.question, asked.group);
  const first = rows.subarray(0, asked.most);
  return {
    columns: shown.map(({key, label, unit}) => ({key, label, unit})),
    rows: Array.from(first, (row) => Object.fromEntries(shown.map(({key, at}) => [key, at(row)]))),
    n: rows.length
  };
}

async function open(files: ExploreFiles): Promise<ExploreShape[]> {
  const read = async (url: string) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} could not be read (${response.status})`);
    // A large firm's parts are gzip, whatever the server says of them.
    const isPart = new URL(url).pathname.endsWith(".gz.bin");
    if (!isPart || !response.body) return response.json();
    return new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).json();
  };
  const [site, deals, entries, movement] = await Promise.all(
    [files.site, files.deals, files.entries, files.movement].map(read)
  );
  for (const table of exploreTables({site, deals, entries, movement})) tables.set(table.key, prepare(table));
  return [...tables.values()].map(({table}) => shapeOf(table));
}
