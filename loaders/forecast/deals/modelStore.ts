/** Fitted deal models in a folder beside the warehouse: a fit on a history that has not changed is not made again. */
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {hashFolders} from "../../system/fileHash.ts";
import {EXIT, WeirError} from "../../weirError.ts";
import {PROJECT} from "../../workspace/statePaths.ts";
import {FIT_CODE} from "../codeBehind.ts";
import {isoOf} from "../history/calendar.ts";
import {hashHistory} from "../history/hashHistory.ts";
import type {PipelineHistory} from "../history/pipelineHistory.ts";
import {fromModelFile, toModelFile} from "./modelFile.ts";
import {type DealModel, fitDealModel} from "./projectDeals.ts";

export interface ModelStore {
  /**
   * The model of a history: the stored one when it was fitted on just this by this code, else a fresh one, which is stored; none is held
   * in memory: those of a large firm are large. Null as {@link fitDealModel}.
   */
  fitted(history: PipelineHistory): DealModel | null;
  /** How many were read and how many fitted so far. */
  counts(): {read: number; fitted: number};
  /** Removes the files of days that were not asked for. */
  prune(): void;
}

/** Opens the store of a folder, which is made when the first model is written. */
export function openModelStore(folder: string, code = hashFolders(PROJECT, FIT_CODE)): ModelStore {
  const asked = new Set<string>();
  const counts = {read: 0, fitted: 0};
  return {
    fitted(history) {
      const name = fileName(history.asOf);
      asked.add(name);
      const data = hashHistory(history);
      const path = join(folder, name);
      const stored = existsSync(path) ? readStored(path, history, {code, data}) : null;
      const model = stored ?? fitDealModel(history);
      if (!model) return null;
      counts[stored ? "read" : "fitted"]++;
      if (!stored) {
        mkdirSync(folder, {recursive: true});
        const temporary = `${path}.${process.pid}.tmp`;
        writeFileSync(temporary, `${JSON.stringify(toModelFile(model, history, {code, data}), null, 1)}\n`);
        renameSync(temporary, path);
      }
      return model;
    },
    counts: () => ({...counts}),
    prune() {
      if (!existsSync(folder)) return;
      for (const name of readdirSync(folder)) if (!asked.has(name)) rmSync(join(folder, name));
    }
  };
}

/**
 * The model of a file, read for a history.
 * @throws {WeirError} when it is no model file of this version, or was fitted on another history or by other code
 */
export function readModel(
  path: string,
  history: PipelineHistory,
  identity = {code: hashFolders(PROJECT, FIT_CODE), data: hashHistory(history)}
): DealModel {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new WeirError("the deal model cannot be read", {
      exitCode: EXIT.data,
      problems: [
        {
          what: (error as Error).message,
          file: path,
          expected: "a model file as a build writes it",
          fix: "delete the file and build again: the model is then fitted anew"
        }
      ]
    });
  }
  return fromModelFile(parsed, path, history, identity);
}

/** A stored model, or null when it is of another history, code or version: then it is fitted anew and the file replaced. */
function readStored(
  path: string,
  history: PipelineHistory,
  identity: {code: string; data: string}
): DealModel | null {
  try {
    return readModel(path, history, identity);
  } catch (error) {
    if (error instanceof WeirError) return null;
    throw error;
  }
}

function fileName(day: number): string {
  return `deal-model-${isoOf(day)}.json`;
}
