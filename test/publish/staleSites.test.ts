import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import type {PublishedSite} from "../../loaders/publish/publishedSites.ts";
import {type PublishRecord, type SiteRecord, treeHash} from "../../loaders/publish/publishRecord.ts";
import {
  noLongerAllowed,
  removeStale,
  staleProblems,
  staleSites,
  unknownEntries
} from "../../loaders/publish/staleSites.ts";

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "weir-stale-"));
});
afterEach(() => rmSync(out, {recursive: true}));

const BOARD: PublishedSite = {
  key: "board",
  value: null,
  title: "The board",
  filters: [{slice: "region", values: ["EMEA"]}],
  nLikely: 0,
  rowsWords: "deals of region EMEA",
  audience: {title: "The board", pages: ["deals"], show: [], hide: ["deal.amount"]}
};
const PUBLISHED = {
  audience: "board",
  value: null,
  title: "The board",
  folder: "board",
  pages: ["deals"],
  rows: "deals of region EMEA",
  filters: [{slice: "region", values: ["EMEA"]}],
  outside: false,
  likely_matches: false,
  show: [],
  hide: ["deal.amount"]
} as unknown as SiteRecord;

/** Of the board's site, of Acme's, and of Zeno's, which has a name and no site. */
function record(): PublishRecord {
  const of = (folder: string, value: string) => ({audience: "partners", value, folder});
  return {
    version: 1,
    workspace: "firm",
    company: "Firm",
    folders: [
      {audience: "board", value: null, folder: "board"},
      of("partners-a", "A"),
      of("partners-z", "Z")
    ],
    sites: [PUBLISHED, {...PUBLISHED, folder: "partners-a", title: "Partner: Acme"}]
  };
}

describe("a site is stale", () => {
  test("when it is there and of no audience any more, and goes with what the record says of it", () => {
    for (const folder of ["board", "partners-a"]) mkdirSync(join(out, folder));
    const stale = staleSites(out, record(), ["board"], []);
    expect(stale).toMatchObject([{folder: "partners-a", title: "Partner: Acme"}]);
    const after = record();
    removeStale(out, after, stale);
    expect(existsSync(join(out, "partners-a"))).toBe(false);
    expect(existsSync(join(out, "board"))).toBe(true);
    expect(after.sites.map(({folder}) => folder)).toEqual(["board"]);
    expect(after.folders).toEqual(record().folders);
  });

  test("when it was put in its place by a publication that was killed before it was recorded", () => {
    mkdirSync(join(out, "partners-z"));
    expect(staleSites(out, record(), ["board"], [])).toMatchObject([{folder: "partners-z"}]);
  });

  describe.each([true, false])("when it was not made in this run (has failed: %s) and", (hasFailed) => {
    const hidden = {...BOARD, audience: {...BOARD.audience, hide: ["deal.amount", "deal.name"]}};
    const stale = (site: PublishedSite, sites: SiteRecord[]) =>
      staleSites(out, {...record(), sites}, ["board"], [{site, folder: "board", hasFailed}]);
    let asRecorded: SiteRecord;
    beforeEach(() => {
      mkdirSync(join(out, "board"));
      writeFileSync(join(out, "board", "index.html"), "deals");
      asRecorded = {...PUBLISHED, sha256: treeHash(join(out, "board"))};
    });

    test("shows what is no longer allowed, not when the same is", () => {
      expect(stale(BOARD, [asRecorded])).toEqual([]);
      const [found, ...others] = stale(hidden, [asRecorded]);
      expect(found!.why).toContain("columns that are hidden now: deal.name");
      expect(others).toEqual([]);
      const {fix} = staleProblems(out, [found!])[0]!;
      expect(fix?.endsWith("or publish it too: --audience board")).toBe(!hasFailed);
    });

    test("is another than the one recorded, put in its place by a publication that was killed", () => {
      writeFileSync(join(out, "board", "index.html"), "deals, and forecasts");
      expect(stale(BOARD, [asRecorded])).toMatchObject([
        {folder: "board", why: expect.stringContaining("not as it was recorded")}
      ]);
      expect(stale(BOARD, [])).toHaveLength(1);
    });

    test("not when it is not there", () => {
      rmSync(join(out, "board"), {recursive: true});
      expect(stale(hidden, [asRecorded])).toEqual([]);
    });
  });
});

test("rows are told apart by values, not by words: another partner of the same name is, another order is not", () => {
  const of = (...values: string[]) => ({
    rows: "deals of partner Same Name",
    rowsWords: "deals of partner Same Name",
    filters: [{slice: "partner", values}]
  });
  const lost = (last: ReturnType<typeof of>, now: ReturnType<typeof of>) =>
    noLongerAllowed({...PUBLISHED, ...last}, {...BOARD, ...now});
  expect(lost(of("Zeno"), of("Acme Partners"))).toEqual([
    "deals of partner Same Name, but of others than those meant now"
  ]);
  expect(lost(of("Zeno", "Acme Partners"), of("Acme Partners", "Zeno"))).toEqual([]);
  expect(lost(of("Zeno"), of("Acme Partners", "Zeno"))).toEqual([]);
  expect(lost(of("Zeno", "Acme Partners"), of("Zeno"))).toHaveLength(1);
});

test("what is no longer allowed: a page, a column that was shown, other rows; more of them is no loss", () => {
  const last = {
    ...PUBLISHED,
    pages: ["deals", "forecast"],
    show: ["deal.next_step"],
    rows: null,
    filters: []
  };
  expect(noLongerAllowed(last, BOARD)).toEqual([
    "pages that were taken away: forecast",
    "columns that are hidden now: deal.next_step",
    "all deals instead of deals of region EMEA"
  ]);
  const wider = {...BOARD.audience, pages: ["deals", "forecast"], show: ["deal.next_step"], hide: []};
  expect(noLongerAllowed(PUBLISHED, {...BOARD, audience: wider, rowsWords: null, filters: []})).toEqual([]);
});

test("who the readers are is no detail: inside or outside now, or without deals by a match of names", () => {
  const outside = {...BOARD, audience: {...BOARD.audience, outside: true}};
  expect(noLongerAllowed(PUBLISHED, outside)).toEqual([
    "columns for readers inside the firm, who are of another firm now"
  ]);
  const before = {...PUBLISHED, outside: true, likely_matches: true};
  expect(noLongerAllowed(before, BOARD)).toEqual([
    "been made for another firm's readers, who are inside the firm now"
  ]);
  expect(noLongerAllowed(before, outside)).toEqual([
    "deals by a match of names alone, which are left out now"
  ]);
  const likely = {...outside, audience: {...outside.audience, likely_matches: true}};
  expect(noLongerAllowed(before, likely)).toEqual([]);
  // A record from before it was written down does not say.
  const {outside: _, ...old} = before;
  expect(noLongerAllowed(old as SiteRecord, BOARD)).toHaveLength(1);
});

test("what neither record nor workspace knows is told", () => {
  for (const name of ["board", "partners-a", "emea", "partners-old-one"]) mkdirSync(join(out, name));
  expect(unknownEntries(out, record(), ["board", "emea"])).toEqual(["partners-old-one"]);
});
