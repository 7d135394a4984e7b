/** Finds wanted columns in a file's header by name, never by position. */
import type {Problem} from "../weirError.ts";
import {didYouMean} from "../workspace/didYouMean.ts";

export interface HeaderMatch {
  /** Wanted header to its position in the file; an optional one that is missing has none. */
  positions: Map<string, number>;
  problems: Omit<Problem, "file">[];
}

/**
 * Matches exactly, then by alias. Problems: a header twice, a wanted one missing (with the nearest name), and, when
 * `unused` is given, headers that are neither wanted nor listed there.
 */
export function matchHeader(
  header: readonly string[],
  wanted: readonly {header: string; aliases: readonly string[]; optional: boolean}[],
  unused?: readonly string[]
): HeaderMatch {
  const problems: Omit<Problem, "file">[] = [];
  const positions = new Map<string, number>();
  header.forEach((name, index) => {
    if (header.indexOf(name) < index)
      problems.push({
        what: name === "" ? "two columns have no name" : "the header names a column twice",
        line: 1,
        field: name,
        expected: "each column named once",
        fix: "remove or rename one of them in the export"
      });
  });
  const used = new Set<string>();
  for (const {header: name, aliases, optional} of wanted) {
    const found = [name, ...aliases].filter((spelling) => header.includes(spelling));
    if (found.length > 1)
      problems.push({
        what: "two columns match the same mapping",
        line: 1,
        field: name,
        value: found.join(", "),
        expected: "one of them",
        fix: "remove an alias in workspace.yaml, or a column in the export"
      });
    const spelling = found[0];
    if (spelling !== undefined) {
      positions.set(name, header.indexOf(spelling));
      used.add(spelling);
    } else if (!optional) problems.push(missing(name, header));
  }
  for (const name of unused ? header : [])
    if (!used.has(name) && !unused?.includes(name))
      problems.push({
        what: "a column nobody maps",
        line: 1,
        field: name,
        expected: "each column mapped, or listed under unused",
        fix: "map it in workspace.yaml, or add it to unused"
      });
  return {positions, problems};
}

function missing(name: string, header: readonly string[]): Omit<Problem, "file"> {
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
