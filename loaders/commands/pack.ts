import {join, resolve} from "node:path";
import {packSite} from "../pack/packSite.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {PROJECT} from "../workspace/statePaths.ts";
import type {Command} from "./command.ts";

/** A built site as files that open without a server, each page whole in one file. Its data are the site's: `publish` narrows, this does not. */
export const pack: Command = {
  usage: "[SITE] --out DIR [--pages KEY,KEY]",
  options: {
    out: {type: "string", short: "o"},
    pages: {type: "string", short: "p"},
    json: {type: "boolean"}
  },
  help: {
    out: "folder for the files; one that a pack wrote is replaced",
    pages:
      "only these pages, separated by commas: forecast,track-record (default: all, of every company in the site)",
    json: "print the files as JSON"
  },
  async run({options, words, print, reporter}) {
    const out = options["out"] as string | undefined;
    if (out === undefined || words.length > 1)
      throw new WeirError(`weir pack ${pack.usage}`, {
        exitCode: EXIT.config,
        problems: [
          out === undefined
            ? {field: "--out", what: "no folder given", expected: "where the files go: --out DIR"}
            : {what: "more than one site", value: words.join(" "), expected: "the folder of one built site"}
        ]
      });
    const site = resolve(words[0] ?? join(PROJECT, "dist"));
    const asked = (options["pages"] as string | undefined)?.split(",").map((key) => key.trim());
    const packed = await packSite({site, out: resolve(out), reporter, ...(asked ? {pages: asked} : {})});
    if (options["json"]) print(JSON.stringify({version: 1, ...packed}, null, 2));
    else for (const {file, bytes} of packed.pages) print(`${file}\t${(bytes / 1e6).toFixed(1)} MB`);
    reporter.note(
      `   ${packed.company}, as of ${packed.asOf}: open any of them in a browser, from ${resolve(out)}`
    );
    return EXIT.ok;
  }
};
