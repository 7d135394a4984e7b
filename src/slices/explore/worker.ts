/**
 * The Explore page's own thread: bundled whole by loaders/pages/bundleWorker.ts. It fetches the data itself, so that the
 * page neither parses nor copies them.
 */
import {partReader, readPart} from "../partReader.js";
import {exploredFile} from "../parts.js";
import {type Asked, answerQuestion, type ExploreAnswer, prepare, rowsOf} from "./answerQuestion.js";
import {ColumnTables, type ListedRows} from "./columnFiles.js";
import {type ExploreShape, shapeOf} from "./exploreTable.js";
import {exploreTables} from "./exploreTables.js";
import type {Question} from "./question.js";

/** Addresses of the data files, absolute. */
export type ExploreFiles =
  | {site: string; deals: string; entries: string; movement: string}
  /** Of files by column: the version of the parts, and the page that they lie beside. */
  | {version: string; page: string};

export type ExploreAsked =
  | {id: number; kind: "open"; files: ExploreFiles}
  | {id: number; kind: "answer"; question: Question}
  | {id: number; kind: "rows"; question: Question; group: {by?: string; across?: string}; most: number};

export type ExploreTold =
  | {id: number; result: ExploreShape[] | ExploreAnswer | ListedRows}
  | {id: number; error: string};

const tables = new Map<string, Asked>();
let columns: ColumnTables | null = null;

addEventListener("message", async ({data}: MessageEvent<ExploreAsked>) => {
  let told: ExploreTold;
  try {
    told = {id: data.id, result: await answer(data)};
  } catch (error) {
    told = {id: data.id, error: error instanceof Error ? error.message : String(error)};
  }
  postMessage(told);
});

async function answer(asked: ExploreAsked): Promise<ExploreShape[] | ExploreAnswer | ListedRows> {
  if (asked.kind === "open") return open(asked.files);
  const {question} = asked;
  if (asked.kind === "answer") return answerQuestion(await tableFor(question), question);
  return columns ? columns.rows(question, asked.group, asked.most) : listed(asked);
}

async function tableFor(question: Question): Promise<Asked> {
  return columns ? columns.asked(question) : tables.get(question.table)!;
}

function listed({question, group, most}: Extract<ExploreAsked, {kind: "rows"}>): ListedRows {
  const asked = tables.get(question.table)!;
  const {shown} = asked.table;
  const rows = rowsOf(asked, question, group);
  return {
    columns: shown.map(({key, label, unit}) => ({key, label, unit})),
    rows: Array.from(rows.subarray(0, most), (row) =>
      Object.fromEntries(shown.map(({key, at}) => [key, at(row)]))
    ),
    n: rows.length
  };
}

async function open(files: ExploreFiles): Promise<ExploreShape[]> {
  if ("version" in files) {
    const part = partReader(files.version, files.page);
    columns = new ColumnTables((file) => part(exploredFile(file)));
    return columns.open();
  }
  const [site, deals, entries, movement] = await Promise.all(
    [files.site, files.deals, files.entries, files.movement].map(read)
  );
  for (const table of exploreTables({site, deals, entries, movement})) tables.set(table.key, prepare(table));
  return [...tables.values()].map(({table}) => shapeOf(table));
}

// biome-ignore lint/suspicious/noExplicitAny: each file holds what its kind says
async function read(url: string): Promise<any> {
  if (new URL(url).pathname.endsWith(".gz.bin")) return readPart(url);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} could not be read (${response.status})`);
  return response.json();
}
