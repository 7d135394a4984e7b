import {existsSync, mkdirSync, statSync, writeFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {describeFolder} from "../init/describeFolder.ts";
import {list} from "../init/workspaceText.ts";
import {EXIT, WeirError} from "../weirError.ts";
import type {Command} from "./command.ts";

/** A folder of exports to a first workspace.yaml, with what can and what cannot be computed from it. */
export const init: Command = {
  usage: "DIR [--out DIR] [--force] [--json]",
  options: {out: {type: "string"}, force: {type: "boolean"}, json: {type: "boolean"}},
  help: {
    out: "folder for workspace.yaml (default: the exports' own)",
    force: "replace a workspace.yaml that is there",
    json: "print what was found as JSON"
  },
  async run({options, words, reporter, print}) {
    const [dir] = words;
    if (dir === undefined || !existsSync(dir) || !statSync(dir).isDirectory())
      throw new WeirError("weir init needs the folder of the exports", {
        exitCode: EXIT.config,
        problems: [
          {
            what: dir === undefined ? "no folder is given" : "there is no such folder",
            ...(dir === undefined ? {} : {value: dir}),
            expected: "weir init DIR",
            fix: "name the folder the exports are in"
          }
        ]
      });
    const out = resolve(typeof options["out"] === "string" ? options["out"] : dir);
    const target = join(out, "workspace.yaml");
    if (existsSync(target) && !options["force"])
      throw new WeirError("There is a workspace.yaml already; nothing was changed", {
        exitCode: EXIT.config,
        problems: [
          {
            what: "the file exists",
            file: target,
            expected: "a folder without one",
            fix: "give another folder with --out, or --force to replace it"
          }
        ]
      });
    const found = await describeFolder(dir, reporter);
    mkdirSync(out, {recursive: true});
    writeFileSync(target, found.text);
    if (options["json"]) {
      const {text: _, ...rest} = found;
      print(JSON.stringify({version: 1, workspace: target, ...rest}, null, 2));
      return EXIT.ok;
    }
    for (const {file, is, score, evidence, notes, unread, advice} of found.files) {
      print(
        `${file}: ${is}, ${Math.round(score * 100)}% of its columns (${evidence.slice(0, 6).join(", ")}${evidence.length > 6 ? ", ..." : ""})`
      );
      for (const note of notes) print(`    ${note}`);
      if (unread.length > 0) print(`    not read: ${list(unread)}`);
      for (const each of advice) print(`    ${each}`);
    }
    for (const {file, why} of found.leftOut) print(`${file}: not loaded; ${why}`);
    for (const {id, stages} of found.pipelines)
      print(
        `pipeline ${id}: ${stages.map(({name, id: stage, kind}) => `${name ?? stage}${kind === "open" ? "" : ` (${kind})`}`).join(" > ")}`
      );
    for (const {what, isPossible, why} of found.capabilities)
      print(`${isPossible ? "yes" : "no "}  ${what}: ${why}`);
    // Comments are unwrapped; the first of the text only says what a question is.
    const questions = found.text.replaceAll(/\n *# {3}/g, " ").matchAll(/^.*QUESTION: .*$/gm);
    const asked = [...questions].map(([line]) =>
      line.replace(/^[ #-]*/, "").replace(/(.*?)#? *QUESTION: /, "$1")
    );
    for (const question of asked) reporter.note(`?  ${question}`);
    reporter.note(`   wrote ${target}; ${asked.length} questions in it`);
    reporter.note(`   next: weir check --workspace ${out}${out === resolve(dir) ? "" : ` --files ${dir}`}`);
    return EXIT.ok;
  }
};
