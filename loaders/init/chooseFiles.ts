/** Of the files that were recognised, those that are loaded, and why the others are not. */
import {nearMiss, type Recognition} from "../sources/recognise.ts";
import {bareTarget} from "../sources/spreadsheet/spreadsheet.ts";
import type {SurveyedFile} from "./surveyFolder.ts";

export interface ChosenFile extends SurveyedFile {
  recognition: Recognition;
}

export interface LeftOut {
  file: string;
  why: string;
}

export interface Choice {
  chosen: ChosenFile[];
  /** Files that only told about stages. */
  stageFiles: ChosenFile[];
  leftOut: LeftOut[];
}

/** A copy that keeps earlier versions of each row tells so by this column. */
const VERSIONED = "_fivetran_start";

/**
 * Two files of one object hold the same rows unless their names only differ by a number; of a plain copy and one with
 * versions the plain one is taken. An object yields to another that holds the same with more, a plain table of deals to a
 * CRM's own: a report of the same deals would double them.
 */
export function chooseFiles(files: readonly SurveyedFile[]): Choice {
  const chosen: ChosenFile[] = [];
  const stageFiles: ChosenFile[] = [];
  const leftOut: LeftOut[] = [];
  const candidates = files.flatMap((file): ChosenFile[] => {
    const [recognition] = file.recognised;
    if (recognition) return [{...file, recognition}];
    leftOut.push({file: file.file, why: file.problem ?? unknownHeader(file)});
    return [];
  });
  const present = new Set(candidates.map(({recognition}) => recognition.object.id));
  for (const candidate of candidates) {
    const {system, object} = candidate.recognition;
    const better = object.yieldsTo?.find((id) => present.has(id));
    const twin = candidates.find(
      (other) =>
        other !== candidate &&
        other.recognition.object === object &&
        !isVersioned(other) &&
        isVersioned(candidate)
    );
    if (better) leftOut.push({file: candidate.file, why: `${better} holds the same with more`});
    else if (twin)
      leftOut.push({
        file: candidate.file,
        why: `keeps earlier versions of the rows of ${twin.file}; no history is read from versions`
      });
    else if (object.lists === "stages") {
      stageFiles.push(candidate);
      leftOut.push({file: candidate.file, why: "its stages are taken over into pipelines"});
    } else if (object.maps({pipelines: []}).length === 0)
      leftOut.push({file: candidate.file, why: object.note ?? "nothing is read from it"});
    else if (candidate.source?.nRecords === 0)
      leftOut.push({file: candidate.file, why: `${system.name} ${object.id} without records`});
    else chosen.push(candidate);
  }
  if (!chosen.some((file) => !isPlain(file) && tablesOf(file).includes("deal")))
    return {chosen, stageFiles, leftOut};
  const why = "a plain table of deals beside a CRM's own; map it by hand if these are other deals";
  leftOut.push(...chosen.filter(isPlain).map(({file}) => ({file, why})));
  return {chosen: chosen.filter((file) => !isPlain(file)), stageFiles, leftOut};
}

/** The canonical tables that a file's object fills. */
export function tablesOf({recognition}: ChosenFile): string[] {
  return recognition.object.maps({pipelines: []}).map(({table}) => table);
}

function isPlain({recognition}: ChosenFile): boolean {
  return recognition.object.isPlain ?? false;
}

function unknownHeader({source}: SurveyedFile): string {
  const target = bareTarget(source?.header ?? []);
  if (target !== undefined)
    return `it would be quotas, but ${target} may be a target of anything: name the column Quota or give it a column Currency if it is money`;
  const near = nearMiss(source?.header ?? []);
  if (!near) {
    const names = (source?.header ?? []).filter((name) => name.trim() !== "").slice(0, 6);
    return `its columns (${names.join(", ")}${(source?.header.length ?? 0) > 6 ? ", ..." : ""}) are of no export that is known; map them by hand (source: csv, as data/maven-hardware/workspace.yaml shows), or export the list with the columns named below`;
  }
  const [name, ...others] = near.missing;
  // The first are the system's own words; after them come other languages' labels.
  const also = others.length > 0 ? ` (or ${others.slice(0, 3).join(", ")})` : "";
  return `it would be ${near.system.name} ${near.object.id}, but it has no column ${name}${also}: export that too`;
}

function isVersioned({source}: ChosenFile): boolean {
  return source?.header.includes(VERSIONED) ?? false;
}
