/**
 * Whether a site that was published before can stay as it is: it is there, whole, and would come out the same. Four hashes are asked:
 *
 * | hash                       | over                                                                    | decides                              |
 * | -------------------------- | ----------------------------------------------------------------------- | ------------------------------------ |
 * | `firmHash`, `made_of.firm` | the firm's exports and declarations, the site's audience, all code      | whether its rows need be looked at   |
 * | `hash`, `made_of.rows`     | its narrowed rows and declarations, its audience, all code (`siteCode`) | whether it need be built             |
 * | `figures`                  | its narrowed rows and declarations, the code of models (not of pages)   | whether forecasts can be another's   |
 * | `sha256`                   | the files of the site that is there                                     | whether it is still what was recorded |
 *
 * The first three are of what goes in (`narrowRows` makes the second and third), the last of what came out.
 */
import {existsSync} from "node:fs";
import {join} from "node:path";
import {hashText} from "../system/fileHash.ts";
import type {Manifest} from "../warehouse/manifest.ts";
import {audienceOf, type PublishedSite} from "./publishedSites.ts";
import {type SiteRecord, treeHash} from "./publishRecord.ts";
import {NOTHING} from "./scan/forbiddenStrings.ts";
import {type ScanOptions, scanSite} from "./scan/scanSite.ts";

/** A hash of what the whole firm's sites are made from and of one site's audience: the same again, and its rows need not be looked at. */
export function firmHash(
  site: PublishedSite,
  folder: string,
  {input_hash}: Pick<Manifest, "input_hash">,
  code: string
): string {
  return hashText(code, input_hash, folder, JSON.stringify(audienceOf(site)));
}

/**
 * The record of the site that is there, if it is as it was published: no file changed since, and nothing in it that no site may hold, for a
 * secret may have been named since. Undefined when it has to be built.
 */
export function intactSite(
  out: string,
  last: SiteRecord | undefined,
  {secrets, paths}: Pick<ScanOptions, "secrets" | "paths">
): SiteRecord | undefined {
  if (!last?.made_of) return undefined;
  const dist = join(out, last.folder);
  if (!existsSync(dist) || treeHash(dist) !== last.sha256) return undefined;
  const {findings} = scanSite({dist, forbidden: NOTHING, secrets, paths});
  return findings.length === 0 ? last : undefined;
}
