/** What Weir itself says: words that a site may hold whatever the data. */
import {readFileSync} from "node:fs";
import {extname, join} from "node:path";
import {listFiles} from "../../system/fileHash.ts";
import {PROJECT} from "../../workspace/statePaths.ts";

/** Folders whose text gets into sites. The twins' lists of names are data. */
const OWN_TEXT = ["src", "loaders"];
const NOT_OWN = join(PROJECT, "loaders", "twins");
/** Of `loaders` no prose: pages are in `src`. */
const KINDS: Record<string, readonly string[]> = {
  src: [".md", ".ts", ".css", ".html", ".json"],
  loaders: [".ts", ".sql", ".yml", ".css"]
};

/** Comments, which no site gets: an example in one would clear a firm of that name. A "//" in a text is no comment. */
const COMMENTS: Record<string, RegExp> = {
  ".ts": /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g,
  ".css": /("(?:[^"\\\n]|\\.)*")|\/\*[\s\S]*?\*\//g,
  ".sql": /('(?:[^']|'')*')|--[^\n]*/g,
  ".yml": /("(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*')|(?<=^|\s)#[^\n]*/gm
};

/** One text in quotes, as code has it, or the value of a key of YAML. */
const LITERAL =
  /"((?:[^"\\\n]|\\.){1,60})"|'((?:[^'\\\n]|\\.){1,60})'|`([^`$\n]{1,60})`|:[ \t]+([^\s"'{[][^,}\n]{0,59})/g;

let texts: string[] | undefined;
let literals: ReadonlySet<string> | undefined;

/** Weir's own text, without comments: words on pages, names in code. */
export function ownTexts(): readonly string[] {
  texts ??= OWN_TEXT.flatMap((folder) =>
    listFiles(join(PROJECT, folder))
      .filter((file) => !file.startsWith(NOT_OWN) && KINDS[folder]!.includes(extname(file)))
      .map((file) => withoutComments(readFileSync(file, "utf8"), extname(file)))
  );
  return texts;
}

/** Texts that stand in Weir's code as they are, each by itself: a cell that says one of them may be Weir's. */
export function ownLiterals(): ReadonlySet<string> {
  literals ??= new Set(
    ownTexts().flatMap((text) =>
      [...text.matchAll(LITERAL)].map((found) =>
        found
          .slice(1)
          .find((each) => each !== undefined)!
          .trim()
      )
    )
  );
  return literals;
}

export function withoutComments(text: string, kind: string): string {
  const comments = COMMENTS[kind];
  return comments === undefined ? text : text.replace(comments, (_, quoted?: string) => quoted ?? " ");
}
