/** The decisions' index and the files of their subjects tell the same. */
import {readFileSync} from "node:fs";
import {basename, join} from "node:path";
import {describe, expect, test} from "vitest";
import {listFiles} from "../../loaders/system/fileHash.ts";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";
import {addressOf} from "../support/headings.ts";

interface Decision {
  title: string;
  date: string;
  at: string;
}

const subjects = listFiles(join(PROJECT, "docs/decisions")).map((path) => ({
  file: `docs/decisions/${basename(path)}`,
  text: readFileSync(path, "utf8")
}));

const entries: Decision[] = subjects.flatMap(({file, text}) =>
  [...text.matchAll(/^## (.+)\n\n(\S+)/gm)].map(([, title, date]) => ({
    title: title!,
    date: date!.replace(/\.$/, ""),
    at: `${file}#${addressOf(title!)}`
  }))
);

const index = readFileSync(join(PROJECT, "DECISIONS.md"), "utf8");
const listed: Decision[] = [...index.matchAll(/^- (.+) \(\[(.+?)\]\((.+?)\)\)$/gm)].map(
  ([, title, date, at]) => ({
    title: title!,
    date: date!,
    at: at!
  })
);

const byTitle = (decisions: readonly Decision[]) =>
  [...decisions].sort((a, b) => (a.title < b.title ? -1 : Number(a.title > b.title)));

describe("decisions", () => {
  test("every entry is listed once, by its title, its date and where it stands", () => {
    expect(entries.length).toBeGreaterThan(100);
    expect(byTitle(listed)).toEqual(byTitle(entries));
  });

  test("every line of the index is an entry", () => {
    const lines = index.split("\n").filter((line) => line.startsWith("- "));
    expect(lines).toHaveLength(listed.length);
  });

  test("every heading of a subject is an entry with its day", () => {
    const headings = subjects.flatMap(({text}) => text.match(/^##+ .*$/gm) ?? []);
    expect(headings).toEqual(entries.map(({title}) => `## ${title}`));
    expect(entries.filter(({date}) => !/^\d{4}-\d\d-\d\d$/.test(date))).toEqual([]);
  });

  test("no title stands twice", () => {
    const titles = entries.map(({title}) => title);
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
  });

  test("the newest of a subject stands last", () => {
    for (const {file} of subjects) {
      const days = entries.filter(({at}) => at.startsWith(`${file}#`)).map(({date}) => date);
      expect(days, file).toEqual([...days].sort());
    }
  });

  test("an entry's lines end by column 120", () => {
    const long = subjects.flatMap(({file, text}) =>
      text
        .split("\n")
        .flatMap((line) => (line.length > 120 && !/^(\||## )/.test(line) ? [`${file}: ${line}`] : []))
    );
    expect(long).toEqual([]);
  });

  test("a title that is quoted elsewhere begins an entry's title", () => {
    const texts = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
      .map((file) => join(PROJECT, file))
      .concat(
        ["docs", "bench", "loaders", "src", "test"].flatMap((folder) => listFiles(join(PROJECT, folder)))
      )
      .filter((file) => /\.(md|ts|sql|yml|css)$/.test(file));
    const quoted = texts.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/DECISIONS\.md,\s+"([^"]+)"/g)].map(([, title]) =>
        title!.replace(/\s+/g, " ")
      )
    );
    expect(quoted.length).toBeGreaterThan(0);
    expect(quoted.filter((quote) => !entries.some(({title}) => title.startsWith(quote)))).toEqual([]);
  });
});
