/** Finds wanted columns in a file's header by name, never by position. */
import type {Problem} from "../weirError.ts";
import {didYouMean} from "../workspace/didYouMean.ts";
import type {FileSpec} from "../workspace/schema.ts";
import type {WantedHeader} from "./mappedColumns.ts";

export interface HeaderMatch {
  /** Wanted header to its position in the file; an optional one that is missing has none. */
  positions: Map<string, number>;
  problems: Omit<Problem, "file">[];
}

/**
 * Matches exactly, then by alias. Problems: a header twice or without a name, a wanted one missing (with the
 * nearest name), a first line that is no header, and, when `unused` is given, headers neither wanted nor listed there.
 */
export function matchHeader(
  header: readonly string[],
  wanted: readonly WantedHeader[],
  {unused, format = {}}: Partial<Pick<FileSpec, "unused" | "format">> = {}
): HeaderMatch {
  const notHeader = wanted.some((each) =>
    [...spellings(each), ...each.fallbacks].some((name) => header.includes(name))
  )
    ? undefined
    : firstLine(header, wanted);
  if (notHeader) return {positions: new Map(), problems: [notHeader]};
  const problems: Omit<Problem, "file">[] = [];
  const positions = new Map<string, number>();
  header.forEach((name, index) => {
    if (name.trim() === "" && format.unnamed_columns !== "empty")
      problems.push({
        what: `column ${index + 1} has no name`,
        line: 1,
        value: name,
        expected: "a name for every column",
        fix: "remove the column in the export; if it is empty throughout, declare format: {unnamed_columns: empty}"
      });
    else if (name !== "" && header.indexOf(name) < index)
      problems.push({
        what: "the header names a column twice",
        line: 1,
        field: name,
        expected: "each column named once",
        fix: "remove or rename one of them in the export"
      });
  });
  const used = new Set<string>();
  for (const each of wanted) {
    const {header: name, optional} = each;
    const found = spellings(each).filter((spelling) => header.includes(spelling));
    if (found.length > 1)
      problems.push({
        what: "two columns match the same mapping",
        line: 1,
        field: name,
        value: found.join(", "),
        expected: "one of them",
        fix: "remove an alias in workspace.yaml, or a column in the export"
      });
    const spelling = found[0] ?? each.fallbacks.find((name) => header.includes(name));
    if (spelling !== undefined) {
      positions.set(name, header.indexOf(spelling));
      used.add(spelling);
    } else if (!optional) problems.push(missing(name, header));
  }
  for (const name of unused ? header : [])
    if (name.trim() !== "" && !used.has(name) && !unused?.includes(name))
      problems.push({
        what: "a column nobody maps",
        line: 1,
        field: name,
        expected: "each column mapped, or listed under unused",
        fix: "map it in workspace.yaml, or add it to unused"
      });
  return {positions, problems};
}

function spellings({header, aliases}: WantedHeader): string[] {
  return [...new Set([header, ...aliases])];
}

/** None of the wanted names is there: perhaps the first line is no header at all. */
function firstLine(
  header: readonly string[],
  wanted: readonly {header: string}[]
): Omit<Problem, "file"> | undefined {
  const filled = header.map((name) => name.trim()).filter((name) => name !== "");
  const common = {
    line: 1,
    value: header.join(", "),
    expected: `a header with ${wanted.map((each) => each.header).join(", ")}`
  };
  const values = filled.filter((name) => /^[-+]?[\d.,]+$|^\d{4}-\d{2}-\d{2}|^\S*\d{5,}\S*$/.test(name));
  if (filled.length > 1 && values.length >= Math.max(2, filled.length / 4))
    return {
      what: "the first line looks like data: the file has no header",
      ...common,
      fix: "export again with column names on the first line"
    };
  if (header.length > 2 && filled.length <= header.length / 3)
    return {
      what: "the first line looks like a title: the header comes below it",
      ...common,
      fix: "remove the lines above the header, or declare format: {skip_lines: ...} in workspace.yaml"
    };
  return undefined;
}

function missing(name: string, header: readonly string[]): Omit<Problem, "file"> {
  const spaced = header.find((each) => each !== name && each.trim() === name);
  if (spaced !== undefined)
    return {
      what: "the header has white space around a name",
      line: 1,
      field: name,
      value: spaced,
      expected: `${JSON.stringify(name)}, without white space`,
      fix: "export without padding; if only the name has it, map the name as it is, in quotes"
    };
  const near = didYouMean(name, header);
  return {
    what: "the header has no such column",
    line: 1,
    field: name,
    expected: `a column named ${name}; the file has ${header.slice(0, 30).join(", ")}`,
    fix: near
      ? `did the export rename it to "${near}"? Then map that, or add it under aliases`
      : "export the column, or change the mapping in workspace.yaml"
  };
}
