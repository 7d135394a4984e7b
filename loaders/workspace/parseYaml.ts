/** YAML to a checked value: every problem at once, each with its line. */
import {LineCounter, parseDocument} from "yaml";
import type {z} from "zod";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import {explainIssue, type YamlSource} from "./explainIssue.ts";

/**
 * Parses `text` and checks it against `schema`, then by `check`, which sees what a schema alone cannot; `file` is for
 * messages only.
 * @throws {WeirError} exit 2 with every problem found.
 */
export function parseYaml<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
  check: (value: z.output<Schema>, source: YamlSource) => Problem[] = () => []
): z.output<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false});
  const source: YamlSource = {file, document, lines, schema};
  if (document.errors.length > 0) {
    refuse(
      file,
      document.errors.map((error) => ({
        what: `not valid YAML: ${error.message}`,
        file,
        line: lines.linePos(error.pos[0]).line,
        expected: "YAML: key: value, nested by spaces"
      }))
    );
  }
  const parsed = schema.safeParse(document.toJS() ?? {});
  if (!parsed.success)
    refuse(
      file,
      parsed.error.issues.flatMap((issue) => explainIssue(issue, source))
    );
  const problems = check(parsed.data, source);
  if (problems.length > 0) refuse(file, problems);
  return parsed.data;
}

function refuse(file: string, problems: Problem[]): never {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  throw new WeirError(`${file} has ${count}`, {exitCode: EXIT.config, problems});
}
