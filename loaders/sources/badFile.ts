/** Thrown inside the readers when a file cannot be read; whoever knows the file's name turns it into a WeirError. */
import {EXIT, type Problem, WeirError} from "../weirError.ts";

export class BadFile extends Error {
  readonly problems: readonly Omit<Problem, "file">[];

  constructor(...problems: Omit<Problem, "file">[]) {
    super(problems[0]?.what ?? "the file cannot be read");
    this.problems = problems;
  }
}

/**
 * Runs `read`; a BadFile becomes a WeirError that names the file.
 * @throws {WeirError} exit 3.
 */
export async function namingFile<Result>(label: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof BadFile)) throw error;
    throw new WeirError(`${label} cannot be read; nothing was changed`, {
      exitCode: EXIT.data,
      problems: error.problems.map((problem) => ({...problem, file: label}))
    });
  }
}
