/** Records whose status no map takes: they would be read and go nowhere. */
import {literal} from "../engine/sqlText.ts";
import type {FileSpec} from "../workspace/schema.ts";
import {findObject} from "./resolveFile.ts";

export interface UntakenStatus {
  /** SQL of a boolean. */
  bad: string;
  header: string;
  cell: string;
  expected: string;
  fix: string;
}

/** @param positions of the file's headers by the object's own; @returns undefined where no status decides */
export function untakenStatus(
  spec: FileSpec,
  positions: ReadonlyMap<string, number>
): UntakenStatus | undefined {
  const statuses = findObject(spec)?.statuses;
  const position = statuses && positions.get(statuses.header);
  if (!statuses || position === undefined) return undefined;
  const {header, words} = statuses;
  const cell = `h${position}`;
  const known = [...new Set([...Object.values(words).flat(), ...Object.keys(spec.statuses ?? {})])];
  return {
    bad: `(coalesce(${cell}, '') not in (${known.map((word) => literal(word)).join(", ")}))`,
    header,
    cell,
    expected: `a status that is known: ${known.join(", ")}`,
    fix: `fill it in where it is empty; else say in workspace.yaml what it means, such as statuses: {its word: lost} (${Object.keys(words).join(", ")}), or raise reject_limit for this file`
  };
}
