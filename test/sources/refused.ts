/** Tests of refusals: a file, and the words a person is told. */
import {expect, test} from "vitest";
import {EXIT, type ExitCode, formatError} from "../../loaders/weirError.ts";
import {type LoadOptions, refusal} from "./loadFiles.ts";

export const HEADER = "Id,Name,Stage,Amount,Close";
export const GOOD = [
  HEADER,
  "D-1,Acme,Prospecting,100.00,2024-03-31",
  "D-2,Globex,Closed Won,250.50,2024-04-30"
];

/** The files part of workspace.yaml for deals.csv, with a format. */
export function deals(format = "{}", {path = "deals.csv", more = ""} = {}): string {
  return `
  - path: ${path}
    format: ${format}
${more}    maps:
      - table: deal
        columns: {deal_id: Id, name: Name, stage_id: Stage, amount: Amount, close_on: Close}
`;
}

export function lines(...rows: string[]): string {
  return `${rows.join("\n")}\n`;
}

export interface Told {
  what: string | RegExp;
  line?: number;
  field?: string;
  value?: string | RegExp;
  expected?: string | RegExp;
  fix: string | RegExp;
  exitCode?: ExitCode;
}

/** One test: this content, read so, is refused with these words. */
export function refused(
  title: string,
  content: string | Uint8Array,
  told: Told,
  options: Partial<LoadOptions> = {}
) {
  test(title, async () => {
    const error = await refusal({files: deals(), content: {"deals.csv": content}, ...options});
    const problem = error.problems[0]!;
    const text = formatError(error);
    expect(error.exitCode, text).toBe(told.exitCode ?? EXIT.data);
    expect(problem.what, text).toMatch(told.what);
    expect(problem.fix, text).toMatch(told.fix);
    expect(problem.file, text).toMatch(/deals/);
    if (told.line !== undefined) expect(problem.line, text).toBe(told.line);
    if (told.field !== undefined) expect(problem.field, text).toBe(told.field);
    if (told.value !== undefined) expect(problem.value, text).toMatch(told.value);
    if (told.expected !== undefined) expect(problem.expected, text).toMatch(told.expected);
    expect(problem.expected, text).toBeTruthy();
  });
}

/** One bad cell in the second record, which stands on line 3. */
export function badCell(
  title: string,
  column: number,
  cell: string,
  told: Partial<Told> & {fix: Told["fix"]}
) {
  const cells = GOOD[2]!.split(",");
  cells[column] = cell;
  const quoted = cells.map((each) => (/[",\n]/.test(each) ? `"${each}"` : each));
  refused(title, lines(HEADER, GOOD[1]!, quoted.join(",")), {
    what: /cannot be read|cannot be empty|missing/,
    line: 3,
    field: HEADER.split(",")[column]!,
    value: cell,
    ...told
  });
}
