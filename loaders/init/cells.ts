/** Cells and records of an export as SQL, by the words of its object. */
import {literal} from "../engine/sqlText.ts";
import {type ObjectMap, spellingsOf} from "../sources/sourceSystem.ts";
import type {ChosenFile} from "./chooseFiles.ts";

/** The cell of an object's header in a file, as SQL; undefined when the file does not have it. */
export function cellOf({recognition: {object}, source}: ChosenFile, header: string): string | undefined {
  const index = spellingsOf(object, header)
    .map((name) => source!.header.indexOf(name))
    .find((position) => position >= 0);
  return index === undefined ? undefined : `h${index}`;
}

/** SQL of the records of a log that are changes of stage; undefined when the map takes none. */
export function stageChanges(
  file: ChosenFile,
  {columns: {field}, rows_where = {}}: ObjectMap
): string | undefined {
  if (field?.value !== undefined) {
    if (field.value !== "stage_id") return undefined;
    return recordsWhere(file, rows_where);
  }
  const names = Object.entries(field?.recode ?? {}).flatMap(([name, to]) =>
    to === "stage_id" ? [name] : []
  );
  return field?.column !== undefined && names.length > 0 ? among(file, field.column, names) : undefined;
}

/** SQL of the records with one of these values; undefined when a header is missing. */
export function recordsWhere(
  file: ChosenFile,
  values: NonNullable<ObjectMap["rows_where"]>
): string | undefined {
  const terms = Object.entries(values).map(([header, each]) => among(file, header, each));
  return terms.includes(undefined) ? undefined : terms.join(" and ") || "true";
}

function among(file: ChosenFile, header: string, values: readonly string[]): string | undefined {
  const cell = cellOf(file, header);
  return cell === undefined ? undefined : `${cell} in (${values.map(literal).join(", ")})`;
}
