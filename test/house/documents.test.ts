/** Documents lead where they say. */
import {existsSync, readFileSync} from "node:fs";
import {dirname, join, relative} from "node:path";
import {expect, test} from "vitest";
import {listFiles} from "../../loaders/system/fileHash.ts";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";
import {addressOf} from "../support/headings.ts";

const documents = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "DECISIONS.md", "bench/README.md"]
  .map((file) => join(PROJECT, file))
  .concat(listFiles(join(PROJECT, "docs")).filter((file) => file.endsWith(".md")));

const read = (file: string) => readFileSync(file, "utf8");

test("every link from a document leads to a file, and to a heading in it", () => {
  const links = documents.flatMap((from) =>
    [...read(from).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)].map((found) => ({
      from,
      to: found[1] ?? found[2]!
    }))
  );
  const within = links.filter(({to}) => !/^https?:/.test(to));
  const lost = within.filter(({from, to}) => {
    const [path = "", heading] = to.split("#");
    const file = path ? join(dirname(from), path) : from;
    if (!existsSync(file)) return true;
    return heading !== undefined && !(read(file).match(/^#+ .*$/gm) ?? []).map(headed).includes(heading);
  });
  expect(within.length).toBeGreaterThan(100);
  expect(lost.map(({from, to}) => `${relative(PROJECT, from)}: ${to}`)).toEqual([]);
});

const headed = (line: string) => addressOf(line.replace(/^#+ /, ""));
