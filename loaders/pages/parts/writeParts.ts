/** Writes a large firm's parts beside its pages: gzip files that a page fetches by the filters it is asked for. */
import {mkdirSync, rmSync} from "node:fs";
import {dirname} from "node:path";
import {shardFile} from "../../../src/slices/dealSearch.ts";
import {columnFiles} from "../../../src/slices/explore/columnFiles.ts";
import type {ExploreTable} from "../../../src/slices/explore/exploreTable.ts";
import {exploreTables} from "../../../src/slices/explore/exploreTables.ts";
import {exploredFile, type Part, partFile} from "../../../src/slices/parts.ts";
import type {Engine} from "../../engine/engine.ts";
import {
  callsData,
  conformanceTable,
  dealColumns,
  dealsTable,
  entriesTable,
  linesTable,
  quotasTable
} from "../dealFacts.ts";
import {editReport} from "../editsData.ts";
import {factTable} from "../factTable.ts";
import {healthData} from "../healthData.ts";
import {movementData, recentMovement} from "../movementData.ts";
import {partnersData} from "../partnersData.ts";
import {dimensions, siteData} from "../siteData.ts";
import {flagSpells, standingData, unearnedSpells} from "../standingData.ts";
import {writeAnswers} from "./answers.ts";
import {cellsOfLargest, dealCells, largestDeals, prepareDealCells} from "./dealCells.ts";
import {largestMoves, moveCells, movedBy, prepareMoveCells} from "./moveCells.ts";
import {openBeside, showPart, stageParts} from "./partEngine.ts";
import {isLarge, partsIndex} from "./partsIndex.ts";
import {partWriter, type WrittenPart} from "./partWriter.ts";
import {searchShards} from "./searchParts.ts";

/** What a page may weigh, compressed. */
export const PAGE_BYTES = 400_000;

/** Kinds of facts of single deals, and how a part's are read. */
const KINDS: Record<string, (engine: Engine) => Promise<unknown>> = {
  deals: dealsTable,
  entries: entriesTable,
  movement: movementData,
  conformance: conformanceTable,
  lines: linesTable,
  health: healthData,
  standing: standingData,
  flag_spells: flagSpells,
  unearned_spells: unearnedSpells,
  partners: partnersData,
  quotas: quotasTable
};

/** Stretches of deals' lives of which Explore gets the movements. */
const EXPLORED_STRETCHES = 150_000;

/** What the pages of a site read: those pages, and the kinds of facts that they ask for. */
export interface PartsRead {
  pages: readonly string[];
  kinds: readonly string[];
}

export interface WritePartsOptions {
  onPart?: (file: string) => void;
  /** False: cells alone. */
  withRows?: boolean;
  /** Parts that nothing of this reads are not written; all if absent. */
  only?: PartsRead;
}

/** Writes the parts under `folder`; nothing for a firm of ordinary size. */
export async function writeParts(
  warehouse: string,
  folder: string,
  {onPart, withRows = true, only}: WritePartsOptions = {}
): Promise<WrittenPart[]> {
  const reads = (kind: string) => only?.kinds.includes(kind) ?? true;
  const has = (page: string) => only?.pages.includes(page) ?? true;
  const beside = `${folder}.${process.pid}.tmp`;
  mkdirSync(dirname(beside), {recursive: true});
  const engine = await openBeside(warehouse, beside);
  try {
    if (!(await isLarge(engine))) return [];
    const {write, written} = partWriter(folder, onPart);
    const known = await dimensions(engine);
    const index = (await partsIndex(engine, known, ""))!;
    const keys = known.map(({key}) => key);
    if (reads("deals")) {
      await prepareDealCells(engine, keys);
      write("largest", await largestDeals(engine, await dealColumns(engine)));
    }
    if (reads("quotas")) write("quotas", await quotaCells(engine));
    const moved = reads("movement") ? await movedBy(engine, keys) : [];
    if (reads("movement")) {
      await prepareMoveCells(engine, moved);
      write(
        "moves",
        await largestMoves(
          engine,
          moved.filter((key) => index.cuts.some((cut) => cut.includes(key)))
        )
      );
      if (index.recent) write("recent", await recentMovement(engine));
    }
    const sizeOf = (cut: readonly string[]) =>
      cut.reduce((n, key) => n * known.find((dimension) => dimension.key === key)!.values.length, 1);
    for (const cut of index.cuts) {
      const part: Part = {kind: "cells", cut};
      if (reads("movement") && cut.every((key) => moved.includes(key)))
        write(partFile(part, "movement"), await moveCells(engine, cut, sizeOf(cut)));
      if (!reads("deals")) continue;
      write(partFile(part, "deals"), await dealCells(engine, cut, keys));
      write(partFile(part, "largest"), await cellsOfLargest(engine, cut));
    }
    if (has("deals")) {
      const shards = await searchShards(engine);
      write("search/index", Object.fromEntries([...shards].map(([key, {n}]) => [key, n])));
      for (const [key, shard] of shards) write(shardFile(key), shard);
    }
    await writeAnswers(engine, await siteData(engine), index, write, has);
    if (!withRows) return written;
    if (index.explored && has("explore"))
      for (const [file, content] of columnFiles(await explored(engine))) write(exploredFile(file), content);
    const kinds = Object.entries(KINDS).filter(([kind]) => reads(kind));
    const edits = reads("people") ? await editReport(engine) : null;
    if (kinds.length === 0 && !edits) return written;
    for (const {dimension, partOf} of index.rows) {
      const parts = await stageParts(engine, dimension, partOf);
      for (let part = 0; part < parts; part++) {
        await showPart(engine, part);
        for (const [kind, read] of kinds)
          write(partFile({kind: "rows", dimension, part}, kind), await read(engine));
        if (!edits) continue;
        // Who edits how is judged among all colleagues.
        const people = edits.people.filter(({actor}) => dimension !== "owner" || partOf[actor] === part);
        write(partFile({kind: "rows", dimension, part}, "people"), {
          ...(await callsData(engine)),
          edits: {...edits, people: dimension === "owner" ? people : []}
        });
        // Judged among all, so that a past day cannot be judged of a part.
        write(partFile({kind: "rows", dimension, part}, "edit_days"), null);
      }
    }
    return written;
  } finally {
    engine.close();
    for (const end of ["", ".wal"]) rmSync(`${beside}${end}`, {force: true, recursive: true});
  }
}

/** What Explore asks of: the tables that it makes of an ordinary firm's files in the browser. */
async function explored(engine: Engine): Promise<ExploreTable[]> {
  return exploreTables({
    site: await siteData(engine),
    deals: await dealsTable(engine),
    entries: await entriesTable(engine),
    movement: await movementData(engine, {most: EXPLORED_STRETCHES})
  });
}

/** Quotas added up over people: what cells can be measured against. */
function quotaCells(engine: Engine) {
  return factTable(
    engine,
    `(select team, region, month_on, sum(quota_amount)::decimal(18, 2) as quota_amount from marts.quotas group by all) as quotas`,
    {columns: ["team", "region", "month_on", "quota_amount"], orderBy: "team, region, month_on"}
  );
}
