import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import type {PublishedSite} from "../../loaders/publish/publishedSites.ts";
import {type PublishRecord, type SiteRecord, treeHash} from "../../loaders/publish/publishRecord.ts";
import {hiddenAlong} from "../../loaders/publish/sameFacts.ts";
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
  hide: ["deal.amount", ...hiddenAlong(BOARD.audience)]
} as unknown as SiteRecord;

/** What the record says of the files that are in its folder now. */
function asItIs(site: SiteRecord): SiteRecord {
  const dist = join(out, site.folder);
  const sizes = readdirSync(dist).map((name) => statSync(join(dist, name)).size);
  const n_bytes = sizes.reduce((sum, size) => sum + size, 0);
  return {...site, n_files: sizes.length, n_bytes, sha256: treeHash(dist)};
}

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
    const after = {...record(), sites: record().sites.map(asItIs)};
    const stale = staleSites(out, after, ["board"], []);
    expect(stale).toEqual([{folder: "partners-a", title: "Partner: Acme", why: expect.any(String)}]);
    expect(removeStale(out, after, stale)).toEqual({removed: stale, left: []});
    expect(existsSync(join(out, "partners-a"))).toBe(false);
    expect(existsSync(join(out, "board"))).toBe(true);
    expect(after.sites.map(({folder}) => folder)).toEqual(["board"]);
    expect(after.folders).toEqual(record().folders);
  });

  test("when it has the name of one that is no more, and is left to a person where none is recorded or a file is not Weir's", () => {
    for (const folder of ["partners-a", "partners-z"]) mkdirSync(join(out, folder));
    const after = {...record(), sites: record().sites.slice(1).map(asItIs)};
    for (const folder of ["partners-a", "partners-z"])
      writeFileSync(join(out, folder, "mine.txt"), "minutes");
    const stale = staleSites(out, after, ["board"], []);
    expect(stale).toMatchObject([
      {folder: "partners-a", byHand: expect.stringContaining("not those that were published")},
      {folder: "partners-z", byHand: expect.stringContaining("no publication")}
    ]);
    expect(staleProblems(out, stale)[0]!.fix).toContain("by hand");
    expect(removeStale(out, after, stale)).toMatchObject({removed: [], left: [{}, {}]});
    expect(readdirSync(out).sort()).toEqual(["partners-a", "partners-z"]);
  });

  describe.each([true, false])("when it was not made in this run (has failed: %s) and", (hasFailed) => {
    const hidden = {...BOARD, audience: {...BOARD.audience, hide: ["deal.amount", "deal.name"]}};
    const stale = (site: PublishedSite, sites: SiteRecord[]) =>
      staleSites(out, {...record(), sites}, ["board"], [{site, folder: "board", hasFailed}]);
    let asRecorded: SiteRecord;
    beforeEach(() => {
      mkdirSync(join(out, "board"));
      writeFileSync(join(out, "board", "index.html"), "deals");
      asRecorded = asItIs(PUBLISHED);
    });

    test("shows what is no longer allowed, not when the same is", () => {
      expect(stale(BOARD, [asRecorded])).toEqual([]);
      const [found, ...others] = stale(hidden, [asRecorded]);
      expect(found!.why).toContain("columns that are hidden now: deal.name");
      expect(others).toEqual([]);
      const {fix} = staleProblems(out, [found!])[0]!;
      expect(fix?.endsWith("or publish it too: --audience board")).toBe(!hasFailed);
    });

    test.each(["index.html", "minutes.txt", ".DS_Store"])(
      "has another %s than was recorded: told, never removed",
      (name) => {
        writeFileSync(join(out, "board", name), "deals, and forecasts");
        const after = {...record(), sites: [asRecorded]};
        const found = stale(BOARD, [asRecorded]);
        expect(found).toMatchObject([
          {folder: "board", why: expect.stringContaining("not those that were published")}
        ]);
        expect(removeStale(out, after, found).left).toHaveLength(1);
        expect(existsSync(join(out, "board", name))).toBe(true);
        expect(after.sites).toEqual([asRecorded]);
      }
    );

    test("is in a folder that nobody recorded: told, never removed, and no publication is offered into it", () => {
      const after = {...record(), sites: []};
      const found = stale(BOARD, []);
      expect(found).toMatchObject([{folder: "board", byHand: expect.any(String)}]);
      expect(found[0]!.instead).toBeUndefined();
      expect(removeStale(out, after, found).left).toHaveLength(1);
      expect(existsSync(join(out, "board", "index.html"))).toBe(true);
    });

    test("shows what is hidden now, and goes unless a file was changed, be it to one as long", () => {
      const after = {...record(), sites: [asRecorded]};
      writeFileSync(join(out, "board", "index.html"), "notes");
      const found = stale(hidden, [asRecorded]);
      expect(found).toHaveLength(1);
      expect(removeStale(out, after, found).left).toHaveLength(1);
      writeFileSync(join(out, "board", "index.html"), "deals");
      expect(removeStale(out, after, found).left).toEqual([]);
      expect(existsSync(join(out, "board"))).toBe(false);
    });

    test("is as it was: seen without reading its files", () => {
      writeFileSync(join(out, "board", "index.html"), "notes");
      expect(stale(BOARD, [asRecorded])).toEqual([]);
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

test("what goes along with a hidden column now is no loss where the site never had it, and is where it had", () => {
  const hide = ["account.name"];
  const partners = {...BOARD, audience: {...BOARD.audience, outside: true, hide}};
  // As records were when less went along, of exports that fill none of it.
  const last = {...PUBLISHED, outside: true, hide: ["account.name", "deal.name"]};
  const copies = ["registration.end_customer_name", "partner_event.customer_name"];
  expect(noLongerAllowed(last, partners)).toEqual([`columns that are hidden now: ${copies.join(", ")}`]);
  expect(noLongerAllowed({...last, hide: [...last.hide, ...copies]}, partners)).toEqual([]);
  const shown = {...last, hide: [...last.hide, ...copies], show: ["account.domain"]};
  expect(noLongerAllowed(shown, partners)).toEqual(["columns that are hidden now: account.domain"]);
  // Readers inside had leads and their sources, not what somebody typed.
  const inside = {...BOARD, audience: {...BOARD.audience, hide: ["deal.lead_source"]}};
  expect(noLongerAllowed({...PUBLISHED, hide: ["deal.lead_source"]}, inside)).toEqual([
    "columns that are hidden now: lead.source"
  ]);
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
