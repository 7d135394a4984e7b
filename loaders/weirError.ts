/**
 * Exit codes of the CLI: 0 ok, 1 unexpected, 2 usage or config, 3 data check failed,
 * 4 source unavailable, 5 publish gate.
 */
export const EXIT = {ok: 0, unexpected: 1, config: 2, data: 3, source: 4, publish: 5} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One thing that is wrong, told to the person who must mend it. Absent parts are not known. */
export interface Problem {
  what: string;
  file?: string;
  line?: number;
  field?: string;
  value?: string;
  expected?: string;
  fix?: string;
}

/** An error meant for a person: it carries its problems and the exit code of the process. */
export class WeirError extends Error {
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];

  constructor(
    message: string,
    {exitCode, problems = []}: {exitCode: ExitCode; problems?: readonly Problem[]}
  ) {
    super(message);
    this.name = "WeirError";
    this.exitCode = exitCode;
    this.problems = problems;
  }
}

/** One problem as text: `where: what`, then value, expected and fix on lines of their own. */
export function formatProblem({what, file, line, field, value, expected, fix}: Problem): string {
  const where = [file && (line ? `${file}:${line}` : file), field].filter(Boolean).join(", ");
  const lines = [where ? `${where}: ${what}` : what];
  if (value !== undefined) lines.push(`  value:    ${quoted(value)}`);
  if (expected) lines.push(`  expected: ${expected}`);
  if (fix) lines.push(`  to do:    ${fix}`);
  return lines.join("\n");
}

/** Of problems that differ in their line and value alone so many are shown; the others are counted. */
const ALIKE = 3;

/**
 * The whole error as text: the message, then at most `limit` problems and how many more there are. One cause in many lines
 * is told by its first lines and a count, so that it does not hide the others.
 */
export function formatError(error: WeirError, limit = 20): string {
  const groups = new Map<string, Problem[]>();
  for (const problem of error.problems) {
    const {file, field, expected, fix} = problem;
    const key = problem.line === undefined ? formatProblem(problem) : [file, field, expected, fix].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  const told = [...groups.values()].flatMap((alike) => {
    const shown = alike.slice(0, ALIKE).map((problem) => ({n: 1, text: formatProblem(problem)}));
    const n = alike.length - shown.length;
    const {file, field} = alike[0]!;
    const where = [file, field].filter(Boolean).join(", ");
    return n > 0 ? [...shown, {n, text: `${where}: ${n.toLocaleString("en-US")} more such`}] : shown;
  });
  const shown = told.slice(0, limit);
  const more = error.problems.length - shown.reduce((sum, {n}) => sum + n, 0);
  const rest = more > 0 ? [`... and ${more.toLocaleString("en-US")} more`] : [];
  return [error.message, ...shown.map(({text}) => text), ...rest].join("\n\n");
}

function quoted(value: string): string {
  const short = value.length > 120 ? `${value.slice(0, 120)}...` : value;
  return JSON.stringify(short);
}
