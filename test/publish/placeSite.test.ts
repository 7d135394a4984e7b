import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {placeSite} from "../../loaders/publish/placeSite.ts";
import {
  type PublishRecord,
  readRecord,
  recordFile,
  type SiteRecord,
  sitesThere,
  treeHash
} from "../../loaders/publish/publishRecord.ts";
import {putInPlace} from "../../loaders/publish/putInPlace.ts";

const FIRM = {workspace: "demo", company: "Kestrel"};
let root: string;
let out: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "weir-site-"));
  out = join(root, "demo");
});
afterEach(() => rmSync(root, {recursive: true}));

/** A finished site that is not in its place yet, and its record. */
function made(text: string): {site: SiteRecord; dist: string} {
  const dist = join(root, "site");
  mkdirSync(dist);
  writeFileSync(join(dist, "index.html"), text);
  const site = {folder: "board", title: text, n_files: 1, n_bytes: text.length, sha256: treeHash(dist)};
  return {site: site as SiteRecord, dist};
}

const recordOf = (...sites: SiteRecord[]): PublishRecord => ({version: 1, ...FIRM, folders: [], sites});
const killed = () => {
  throw new Error("killed");
};

test("a site that is there when its publication is killed is known by the record it was begun with", () => {
  const before = made("old");
  putInPlace(before.dist, join(out, "board"));
  const {site, dist} = made("new one");
  expect(() =>
    placeSite(out, recordOf(before.site), site, dist, (from, to) => {
      putInPlace(from, to);
      killed();
    })
  ).toThrow("killed");
  expect(sitesThere(out, readRecord(out, FIRM))).toEqual([site]);
});

test("one that is not there yet is not: the site before stays what it was, or none is there", () => {
  const first = made("old");
  expect(() => placeSite(out, recordOf(), first.site, first.dist, killed)).toThrow("killed");
  expect(sitesThere(out, readRecord(out, FIRM))).toEqual([]);
  putInPlace(first.dist, join(out, "board"));
  const next = made("new one");
  expect(() => placeSite(out, recordOf(first.site), next.site, next.dist, killed)).toThrow("killed");
  expect(sitesThere(out, readRecord(out, FIRM))).toEqual([first.site]);
});

test("a folder with something in it that no publication put there is not replaced", () => {
  mkdirSync(join(out, "board"), {recursive: true});
  writeFileSync(join(out, "board", "my-minutes.txt"), "minutes");
  const {site, dist} = made("new");
  expect(() => placeSite(out, recordOf(), site, dist)).toThrow("has no place");
  expect(readFileSync(join(out, "board", "my-minutes.txt"), "utf8")).toBe("minutes");
  expect(existsSync(recordFile(out))).toBe(false);
});
