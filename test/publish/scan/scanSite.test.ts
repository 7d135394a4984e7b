import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, dirname, join} from "node:path";
import {gzipSync} from "node:zlib";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {NOTHING} from "../../../loaders/publish/scan/forbiddenStrings.ts";
import {type Finding, scanSite} from "../../../loaders/publish/scan/scanSite.ts";
import {machinePaths, secretsOf} from "../../../loaders/publish/scan/secrets.ts";
import {WordIndex} from "../../../loaders/publish/scan/words.ts";

let dist: string;
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), "weir-scan-"));
  write("index.html", "<!doctype html><h1>Deals</h1>");
});
afterEach(() => rmSync(dist, {recursive: true}));

function write(file: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(dist, file)), {recursive: true});
  writeFileSync(join(dist, file), text);
}

function findings(forbidden: string[] = [], env: NodeJS.ProcessEnv = {}): Finding[] {
  return scanSite({
    dist,
    forbidden: {...NOTHING, index: new WordIndex(forbidden)},
    secrets: secretsOf(env, []),
    paths: machinePaths(["/srv/firm/exports"])
  }).findings;
}

describe("the scan of a site", () => {
  test("finds nothing in a clean one, and counts what it read", () => {
    write("_file/data/deals.json", '{"name":["Alpha"]}');
    const {findings, nFiles, nBytes} = scanSite({
      dist,
      forbidden: {...NOTHING, index: new WordIndex(["Beta Industries"])},
      secrets: [],
      paths: []
    });
    expect({findings, nFiles, nBytes}).toEqual({findings: [], nFiles: 2, nBytes: 47});
  });

  test("finds a planted text in a page, in data, in a file's name and in a binary file", () => {
    write("deals.html", "<p>Beta&#32;Industries</p>");
    write("_file/data/deals.json", '{"name":["beta\\u0020industries"]}');
    write("beta-industries.json", "{}");
    write(
      "_file/picture.png",
      Buffer.concat([Buffer.from([0x89, 0x50, 0, 0xff]), Buffer.from("Beta Industries")])
    );
    expect(findings(["Beta Industries"]).map(({file, kind}) => [file, kind])).toEqual([
      ["_file/data/deals.json", "left out"],
      ["_file/picture.png", "left out"],
      ["beta-industries.json", "left out"],
      ["deals.html", "left out"]
    ]);
  });

  test("finds a short name where it is all that a cell of the data says, and nowhere else", () => {
    write("_file/data/deals.json", '{"words":["IBM Global","x IBM"],"name":"ibm"}');
    write("index.html", "<h1>IBM</h1>");
    const scan = () =>
      scanSite({dist, forbidden: {...NOTHING, cells: new Set(["IBM", "Ån"])}, secrets: [], paths: []})
        .findings;
    expect(scan()).toEqual([]);
    write("_file/data/deals.json", '{"words":["a \\"b\\"","IBM","\\u00c5n"]}');
    expect(scan().map(({kind, text}) => [kind, text])).toEqual([
      ["left out", "IBM"],
      ["left out", "Ån"]
    ]);
  });

  test("finds what is planted in a part, a large firm's data in gzip: a text, a cell, a secret, an address", () => {
    const part = (content: unknown) => gzipSync(JSON.stringify(content));
    const scan = () =>
      scanSite({
        dist,
        forbidden: {index: new WordIndex(["Beta Industries"]), cells: new Set(["IBM"])},
        secrets: secretsOf({CRM_TOKEN: "s3cr3t-canary-1"}, []),
        paths: []
      }).findings.map(({file, kind, text}) => [file, kind, text]);
    const file = "_parts/owner-0/deals.gz.bin";
    write(file, part({name: ["Alpha", "IBM Global"]}));
    expect(scan()).toEqual([]);
    write(
      file,
      part({name: ["Alpha", "BETA industries", "IBM"], by: ["ann@customer.example", "s3cr3t-canary-1"]})
    );
    expect(scan()).toEqual([
      [file, "left out", "IBM"],
      [file, "left out", "Beta Industries"],
      [file, "secret", "CRM_TOKEN"],
      [file, "e-mail address", "ann@customer.example"]
    ]);
  });

  test("refuses a part in which it cannot look, and one that lies elsewhere", () => {
    write("_parts/deals.gz.bin", "Beta Industries");
    write("_file/deals.gz.bin", gzipSync("[]"));
    expect(findings().map(({file, kind}) => [file, kind])).toEqual([
      ["_file/deals.gz.bin", "kind of file"],
      ["_parts/deals.gz.bin", "kind of file"]
    ]);
  });

  test("takes a plain word in code for a name of the program, not in data", () => {
    write("_file/data/worker.js", "const quantum = 1;");
    expect(findings(["Quantum"])).toEqual([]);
    write("_file/data/deals.json", '["Quantum"]');
    expect(findings(["Quantum"])).toHaveLength(1);
  });

  test("finds secrets by their names alone, and never tells what they are", () => {
    write("_file/data/site.json", '{"about":"export with s3cr3t-canary-1"}');
    const env = {CRM_TOKEN: "s3cr3t-canary-1", EDITOR: "s3cr3t-canary-1", DB_PASSWORD: "short"};
    expect(findings([], env)).toEqual([{file: "_file/data/site.json", kind: "secret", text: "CRM_TOKEN"}]);
  });

  test("knows a secret by other names, in .env.local too, line by line, and a password in any address", () => {
    const folder = join(dist, "..", `${basename(dist)}-env`);
    mkdirSync(folder);
    writeFileSync(
      join(folder, ".env.local"),
      'PORTAL_PWD="portal-pwd-1"\nPEM_KEY="first-line-1\\nsecond-line-2"\n'
    );
    try {
      const env = {
        SMTP_PASSWD: "smtp-passwd-1",
        SENTRY_DSN: "dsn-value-1",
        REPLICA: "postgres://weir:in-address-1@db.example/firm",
        PWD: "/srv/folder",
        GIT_AUTHOR_NAME: "Ann Author"
      };
      expect(secretsOf(env, [folder]).map(({name, value}) => [name, value])).toEqual([
        ["SMTP_PASSWD", "smtp-passwd-1"],
        ["SENTRY_DSN", "dsn-value-1"],
        ["REPLICA", "in-address-1"],
        ["PORTAL_PWD", "portal-pwd-1"],
        ["PEM_KEY", "first-line-1"],
        ["PEM_KEY", "second-line-2"]
      ]);
    } finally {
      rmSync(folder, {recursive: true});
    }
  });

  test("tells a secret though twenty names stand before it", () => {
    const names = Array.from({length: 30}, (_, i) => `Customer Nr ${i}`);
    write("_file/data/deals.json", JSON.stringify([...names, "s3cr3t-canary-1"]));
    const kinds = findings(names, {CRM_TOKEN: "s3cr3t-canary-1"}).map(({kind}) => kind);
    expect(kinds.filter((kind) => kind === "left out")).toHaveLength(20);
    expect(kinds).toContain("secret");
  });

  test("a home of one step is looked for before a name in it", () => {
    expect(machinePaths(["/tmp", "/srv/firm"], "/root")).toEqual(["/srv/firm", "/root/"]);
    expect(machinePaths([], "/home/ann")).toEqual(["/home/ann"]);
    expect(machinePaths([], "/")).toEqual([]);
  });

  test("finds private keys, e-mail addresses and folders of this machine, but no versions of packages", () => {
    write("a.json", '{"x":"-----BEGIN RSA PRIVATE KEY-----"}');
    write("b.json", '{"by":"Ann.Smith@customer.example","with":"d3@7.9.0"}');
    write("c.json", '{"path":"/srv/firm/exports/deals.csv"}');
    write("_node/d3@7.9.0/index.js", "// by someone@package.example");
    expect(findings().map(({file, kind, text}) => [file, kind, text])).toEqual([
      ["a.json", "private key", "private key"],
      ["b.json", "e-mail address", "Ann.Smith@customer.example"],
      ["c.json", "path", "/srv/firm/exports"]
    ]);
  });

  test.each([
    "deals.parquet",
    "warehouse.duckdb",
    "deals.csv",
    "index.js.map",
    ".env",
    "_file/.env.local",
    "data.json.gz",
    "LICENSE"
  ])("refuses a file that pages are not made of: %s", (file) => {
    write(file, "x");
    expect(findings()).toEqual([{file, kind: "kind of file", text: file}]);
  });
});
