/** weir publish, as far as it comes without building a site. */
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from "vitest";
import {exitCode} from "../../loaders/commands/publish.ts";
import {publishInto} from "../../loaders/commands/publishInto.ts";
import {withFirmSources} from "../../loaders/publish/firmSources.ts";
import {findingProblems} from "../../loaders/publish/gate.ts";
import type {PublishedSite} from "../../loaders/publish/publishedSites.ts";
import {
  type PublishRecord,
  recordFile,
  type SiteRecord,
  treeHash,
  writeRecord
} from "../../loaders/publish/publishRecord.ts";
import {hiddenAlong} from "../../loaders/publish/sameFacts.ts";
import {columnsOf} from "../../loaders/publish/scan/columnsOf.ts";
import type {FindingKind} from "../../loaders/publish/scan/scanSite.ts";
import {sitesWithDeals} from "../../loaders/publish/sitesWithDeals.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {readManifest} from "../../loaders/warehouse/manifest.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {smallFirm} from "../publish/smallFirm.ts";
import type {SmallWorkspace} from "../support/buildSmall.ts";
import {type Outcome, weirHere} from "../support/weirCli.ts";

let small: SmallWorkspace;
let root: string;
let out: string;
let company: string;
beforeAll(async () => {
  small = smallFirm();
  ({company} = (await small.build()).manifest);
});
afterAll(() => small.remove());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "weir-publish-"));
  out = join(root, "sites");
});
afterEach(() => rmSync(root, {recursive: true}));

function publish(...args: string[]): Promise<Outcome> {
  const state = join(small.paths.dir, "..");
  return weirHere("publish", "--workspace", small.dir, "--state", state, "--out", out, ...args);
}

describe("the list of sites", () => {
  test("is JSON alone on stdout, gives no name that is not drawn yet, and writes nothing", async () => {
    const {code, printed} = await publish("--list", "--json");
    expect(code).toBe(0);
    const {sites} = JSON.parse(printed) as {
      sites: {audience: string; value: string; folder: string | null}[];
    };
    expect(sites.map(({audience, folder}) => [audience, folder])).toEqual([
      ["board", "board"],
      ["red", "red"],
      ["partners", null],
      ["partners", null]
    ]);
    expect(readdirSync(root)).toEqual([]);
    const folders = [{audience: "partners", value: sites[2]!.value, folder: "partners-kept"}];
    writeRecord(out, {version: 1, workspace: "small", company, folders, sites: []});
    const again = JSON.parse((await publish("--list", "--json")).printed) as {
      sites: {folder: string | null}[];
    };
    expect(again.sites.map(({folder}) => folder)).toEqual(["board", "red", "partners-kept", null]);
  });

  test("in words has a line a site, of the audiences asked for", async () => {
    const {printed} = await publish("--list", "--audience", "red", "--audience", "board");
    expect(
      printed
        .trim()
        .split("\n")
        .map((line) => line.split("\t"))
    ).toEqual([
      ["board", "The board", "all deals", "overview deals"],
      ["red", "Team Red", "deals of team Red", "pipeline deals"]
    ]);
  });
});

describe("refuses, and touches nothing:", () => {
  test("an audience that there is not", async () => {
    const {code, said, printed} = await publish("--audience", "bord");
    expect([code, printed]).toEqual([2, ""]);
    expect(said).toContain('did you mean "board"?');
    expect(existsSync(out)).toBe(false);
  });

  test("an audience that hides a copy of what it is told, and so does weir check; what goes along is said", async () => {
    const before = readFileSync(join(small.dir, "workspace.yaml"), "utf8");
    try {
      small.change("workspace.yaml", "each: partner}", "each: partner, hide: [registration.partner_name]}");
      const state = join(small.paths.dir, "..");
      for (const said of [
        await publish(),
        await weirHere("check", "--workspace", small.dir, "--state", state)
      ]) {
        expect([said.code, said.printed]).toEqual([2, ""]);
        expect(said.said).toContain("partner.name says the partner's name too, and is published");
      }
      expect(existsSync(out)).toBe(false);
      small.change("workspace.yaml", "hide: [registration.partner_name]}", "hide: [partner.name]}");
      const {code, said} = await publish("--list");
      expect(code).toBe(0);
      expect(said).toContain(
        "partners: also hidden, for it tells the same as partner.name: registration.partner_name"
      );
    } finally {
      small.write("workspace.yaml", before);
    }
  });

  test("a folder that holds another workspace's sites", async () => {
    mkdirSync(join(out, "board"), {recursive: true});
    writeFileSync(join(out, "board", "index.html"), "another firm's");
    const record: PublishRecord = {version: 1, workspace: "other", company: "Other", folders: [], sites: []};
    writeRecord(out, record);
    for (const how of [[], ["--list"]]) {
      const {code, said, printed} = await publish(...how);
      expect([code, printed]).toEqual([2, ""]);
      expect(said).toContain("publish into another folder with --out");
    }
    expect(readFileSync(join(out, "board", "index.html"), "utf8")).toBe("another firm's");
    expect(JSON.parse(readFileSync(recordFile(out), "utf8"))).toEqual(record);
    expect(readdirSync(root).sort()).toEqual(["sites", "sites.publish.json"]);
  });
});

describe("what lies there of an earlier publication is looked at", () => {
  /** Puts a site there with its record: Zeno's, as published with these columns hidden. */
  function publishedBefore(hide: string[]): void {
    const folder = "partners-zeno";
    mkdirSync(join(out, folder), {recursive: true});
    writeFileSync(join(out, folder, "index.html"), "Zeno's deals");
    const site = {
      audience: "partners",
      value: "Zeno",
      title: "Partner: Zeno",
      folder,
      pages: ["deals"],
      rows: "deals of partner Zeno",
      filters: [{slice: "partner", values: ["Zeno"]}],
      outside: true,
      likely_matches: false,
      show: [],
      hide: [...hide, ...hiddenAlong({hide, show: []})],
      n_files: 1,
      n_bytes: "Zeno's deals".length,
      sha256: treeHash(join(out, folder))
    } as unknown as SiteRecord;
    const folders = [{audience: "partners", value: "Zeno", folder}];
    writeRecord(out, {version: 1, workspace: "small", company, folders, sites: [site]});
  }

  test("also where only other audiences are asked for", async () => {
    publishedBefore(["deal.amount"]);
    const site = (hide: string[]): PublishedSite => ({
      key: "partners",
      audience: {title: "Partner", pages: ["deals"], each: "partner", show: [], hide},
      value: "Zeno",
      title: "Partner: Zeno",
      rowsWords: "deals of partner Zeno",
      filters: [{slice: "partner", values: ["Zeno"]}],
      nLikely: 0
    });
    const workspace = loadWorkspace(small.dir);
    const prepared = {workspace, paths: small.paths, filesDir: small.dir};
    const context = {options: {}, words: [], reporter: silentReporter, print() {}, now: () => 0};
    const staleWith = async (hide: string[]) => {
      const choice = {all: [site(hide)], chosen: []};
      return (await publishInto(out, prepared, context, async () => choice)).stale;
    };
    expect(await staleWith(["deal.amount"])).toEqual([]);
    expect(await staleWith(["deal.amount", "deal.name"])).toMatchObject([
      {folder: "partners-zeno", why: expect.stringContaining("hidden now: deal.name")}
    ]);
  });

  test("what somebody put beside a site's files, or under an audience's name, is told and stays", async () => {
    publishedBefore([]);
    writeFileSync(join(out, "partners-zeno", "minutes.txt"), "minutes");
    mkdirSync(join(out, "board"));
    writeFileSync(join(out, "board", "minutes.txt"), "minutes");
    const board: PublishedSite = {
      key: "board",
      audience: {title: "The board", pages: ["deals"], show: [], hide: []},
      value: null,
      title: "The board",
      rowsWords: null,
      filters: [],
      nLikely: 0
    };
    const prepared = {workspace: loadWorkspace(small.dir), paths: small.paths, filesDir: small.dir};
    const context = {
      options: {"remove-stale": true},
      words: [],
      reporter: silentReporter,
      print() {},
      now: () => 0
    };
    const choice = {all: [board], chosen: []};
    const {stale} = await publishInto(out, prepared, context, async () => choice);
    expect(stale.map(({folder}) => folder).sort()).toEqual(["board", "partners-zeno"]);
    for (const {folder} of stale)
      expect(readFileSync(join(out, folder, "minutes.txt"), "utf8")).toBe("minutes");
  });

  test("also where rows name a value that no deal has any more: no site is made, and the old one is told", async () => {
    publishedBefore([]);
    const before = readFileSync(join(small.dir, "workspace.yaml"), "utf8");
    const record = readFileSync(recordFile(out), "utf8");
    try {
      small.change(
        "workspace.yaml",
        "pages: [deals, partners], each: partner",
        "pages: [deals, partners], each: partner, rows: {team: [Violet]}"
      );
      for (const how of [[], ["--remove-stale"], ["--audience", "board"]]) {
        const {code, said} = await publish(...how);
        expect(code).toBe(5);
        expect(said).toContain("Violet");
        expect(said).toContain("the site for Partner: Zeno can still be read");
        expect(said).toContain("audiences.partners");
        expect(readdirSync(out)).toEqual(["partners-zeno"]);
        expect(readFileSync(recordFile(out), "utf8")).toBe(record);
      }
      // What is of another audience, and of none any more, is told with it.
      small.change("workspace.yaml", /each: partner, rows.*/, "each: partner}");
      small.change("workspace.yaml", "rows: {team: [Red]}", "rows: {team: [Violet]}");
      small.change("workspace.yaml", "each: partner}", "each: partner, hide: [deal.name]}");
      const {code, said} = await publish();
      expect(code).toBe(5);
      expect(said).toContain("hidden now: deal.name");
    } finally {
      small.write("workspace.yaml", before);
    }
    rmSync(join(out, "partners-zeno"), {recursive: true});
    small.change("workspace.yaml", "rows: {team: [Red]}", "rows: {team: [Violet]}");
    expect((await publish()).code).toBe(2);
    small.write("workspace.yaml", before);
  });

  test("also when the last audience is taken out of workspace.yaml: told until it is removed", async () => {
    publishedBefore([]);
    const before = readFileSync(join(small.dir, "workspace.yaml"), "utf8");
    try {
      small.change("workspace.yaml", /\naudiences:[\s\S]*$/, "\n");
      const told = await publish();
      expect(told.code).toBe(5);
      expect(told.said).toContain("the site for Partner: Zeno can still be read");
      expect(told.said).toContain("audiences:");
      expect(existsSync(join(out, "partners-zeno"))).toBe(true);
      expect((await publish("--remove-stale")).code).toBe(0);
      expect(readdirSync(out)).toEqual([]);
      const {folders, sites} = JSON.parse(readFileSync(recordFile(out), "utf8")) as PublishRecord;
      expect([folders.length, sites]).toEqual([1, []]);
      // Now nothing is there, and nobody to publish for is an error again.
      expect((await publish()).code).toBe(2);
    } finally {
      small.write("workspace.yaml", before);
    }
  });
});

test("the exports that were built say which column a finding is from; changed since, they are not published from", async () => {
  const workspace = loadWorkspace(small.dir);
  const manifest = readManifest(small.paths.manifest)!;
  const options = {workspace, paths: small.paths, filesDir: small.dir, manifest};
  const use = async () => "used";
  const found = (kind: FindingKind, text: string) => ({kind, text, file: "deals.json"});
  const findings = [
    found("left out", "Wait for the budget"),
    found("left out", "of no export"),
    found("e-mail address", "vera@second.example"),
    found("secret", "Autumn fair")
  ];
  const columns = await withFirmSources(options, (firm) => columnsOf(firm, findings));
  expect(findingProblems({title: "Zeno"}, findings, columns).map(({field}) => field)).toEqual([
    "deal_event.old_value",
    undefined,
    "deal_contact.contact_id",
    undefined
  ]);
  const other = withFirmSources({...options, manifest: {...manifest, input_hash: "another"}}, use);
  await expect(other).rejects.toMatchObject({exitCode: 4, problems: [{file: small.paths.warehouse}]});
  try {
    small.change("activities.csv", "call", "visit");
    await expect(withFirmSources(options, use)).rejects.toMatchObject({
      exitCode: 4,
      problems: [{file: "activities.csv"}]
    });
  } finally {
    small.change("activities.csv", "visit", "call");
  }
});

test("rows that no deal has together are refused; a value of each without them gets no site", async () => {
  const audience = {title: "", pages: ["deals"], show: [], hide: []};
  const site = (value: string | null, partner: string, owner: string): PublishedSite => ({
    ...{
      nLikely: 0,
      key: "red",
      audience,
      value,
      title: `Red ${partner}`,
      rowsWords: `deals of ${partner} and ${owner}`
    },
    filters: [
      {slice: "partner", values: [partner]},
      {slice: "owner", values: [owner]}
    ]
  });
  const held = (...sites: PublishedSite[]) =>
    withWarehouse((engine) => sitesWithDeals(engine, sites, "workspace.yaml"), small.paths.warehouse);
  const acme = site("Acme Partners", "Acme Partners", "Ana");
  expect(await held(acme, site("Zeno", "Zeno", "Ana"))).toEqual({
    sites: [acme],
    leftOut: [{key: "red", value: "Red Zeno", why: "there are no deals of Zeno and Ana"}]
  });
  await expect(held(acme, site(null, "Zeno", "Ana"))).rejects.toMatchObject({
    exitCode: 2,
    problems: [{file: "workspace.yaml", field: "audiences.red.rows", value: "deals of Zeno and Ana"}]
  });
});

test("registrations make a site by their partner alone: where another filter leaves no deal, there is none", async () => {
  const site = (value: string | null): PublishedSite => ({
    key: "partners",
    audience: {title: "Partner", pages: ["deals", "partners"], show: [], hide: [], outside: true},
    value,
    title: "Partner: Zeno",
    rowsWords: "deals of partner Zeno, team Violet",
    filters: [
      {slice: "partner", values: ["Zeno"]},
      {slice: "team", values: ["Violet"]}
    ],
    nLikely: 0
  });
  const held = (each: PublishedSite) =>
    withWarehouse((engine) => sitesWithDeals(engine, [each], "workspace.yaml"), small.paths.warehouse);
  expect(await held(site("Zeno"))).toEqual({
    sites: [],
    leftOut: [
      {
        key: "partners",
        value: "Partner: Zeno",
        why: "there are no deals of partner Zeno, team Violet, and registrations are told by partner alone"
      }
    ]
  });
  await expect(held(site(null))).rejects.toMatchObject({exitCode: 2});
});

test("the exit code is the gate's when the gate held a site back, else the failure's own", () => {
  const failed = (...codes: number[]) =>
    exitCode({failed: codes.map((code) => ({exitCode: code})), stale: []} as unknown as Parameters<
      typeof exitCode
    >[0]);
  expect(failed()).toBe(0);
  expect(failed(1)).toBe(1);
  expect(failed(3, 1)).toBe(3);
  expect(failed(1, 5, 3)).toBe(5);
  expect(exitCode({failed: [], stale: [{folder: "a", title: "A", why: ""}]})).toBe(5);
});
