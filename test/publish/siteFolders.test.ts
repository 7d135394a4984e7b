import {expect, test} from "vitest";
import type {PublishedSite} from "../../loaders/publish/publishedSites.ts";
import {siteFolders} from "../../loaders/publish/siteFolders.ts";

function site(key: string, value: string | null): PublishedSite {
  return {
    key,
    value,
    title: key,
    filters: [],
    nLikely: 0,
    rowsWords: null,
    audience: {title: key, pages: [], show: [], hide: []}
  };
}

test("an audience's folder is named for it, a partner's for nobody, and no two alike", () => {
  const folders = siteFolders(
    [site("board", null), site("partners", "Acme"), site("partners", "Zeno")],
    undefined
  );
  expect(folders[0]).toBe("board");
  for (const folder of folders.slice(1)) expect(folder).toMatch(/^partners-[a-z2-7]{26}$/);
  expect(new Set(folders).size).toBe(3);
});

test("a folder stays as it was published, and a new partner's moves no other", () => {
  const last = {folders: [{audience: "partners", value: "Acme", folder: "partners-kept"}]};
  const zeros = () => new Uint8Array(26);
  expect(siteFolders([site("partners", "Aardvark"), site("partners", "Acme")], last, zeros)).toEqual([
    `partners-${"a".repeat(26)}`,
    "partners-kept"
  ]);
});
