/** What a built site has: its pages by key, in the order of the menu, for each of its workspaces. */
import {existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import type {SiteData} from "../../src/slices/site.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";

export interface PageOfSite {
  /** Of src/slices/sitePages.ts. */
  key: string;
  /** As `--pages` names it: the key, after the folder of another workspace. */
  name: string;
  /** Below the site's folder, "/" between its parts. */
  file: string;
}

export interface SiteIndex {
  company: string;
  asOf: string;
  /** Those of the site's own workspace first. */
  pages: PageOfSite[];
}

/** @throws {WeirError} exit 2 where there is no site, or one whose pages fetch pieces of their data by filter */
export function readSiteIndex(site: string): SiteIndex {
  const own = siteData(site, "");
  if (own === null)
    throw refused(site, {
      what: existsSync(site) ? "no site of weir build or weir publish" : "no such folder",
      expected: "the folder of a built site, with its index.html",
      fix: "build it first: weir build --out DIR, or weir publish"
    });
  const folders = readdirSync(site).filter(
    (name) => !name.startsWith("_") && statSync(join(site, name)).isDirectory()
  );
  const workspaces = ["", ...folders.map((name) => `${name}/`)].flatMap((folder) => {
    const data = siteData(site, folder);
    return data === null ? [] : [{folder, data}];
  });
  for (const {folder, data} of workspaces)
    if (data.parts)
      throw refused(join(site, folder), {
        what: `${data.company} has ${data.nDeals.toLocaleString("en")} deals: its pages fetch what their filters ask for, which a file on a disk may not`,
        expected: "a site whose pages hold all of their data (up to 8,000 deals, contracts or orders)",
        fix: "publish a site for an audience of fewer deals (rows or each in workspace.yaml) and pack that"
      });
  return {
    company: own.company,
    asOf: own.asOf,
    pages: workspaces.flatMap(({folder, data}) =>
      data.pages.map((key, index) => ({
        key,
        name: `${folder}${key}`,
        file: `${folder}${index === 0 ? "index" : key}.html`
      }))
    )
  };
}

function siteData(site: string, folder: string): SiteData | null {
  const data = join(site, folder, "_file", "data");
  if (!existsSync(join(site, folder, "index.html")) || !existsSync(data)) return null;
  const file = readdirSync(data).find((name) => /^site\.[0-9a-f]+\.json$/.test(name));
  return file === undefined ? null : (JSON.parse(readFileSync(join(data, file), "utf8")) as SiteData);
}

function refused(file: string, problem: Omit<Problem, "file">): WeirError {
  return new WeirError("This site cannot be packed", {exitCode: EXIT.config, problems: [{file, ...problem}]});
}
