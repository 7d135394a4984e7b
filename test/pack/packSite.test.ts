import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {gunzipSync} from "node:zlib";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {finishHtml} from "../../loaders/site/finishHtml.ts";
import {weirHere as weir} from "../support/weirCli.ts";

let root: string;
let site: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "weir-pack-"));
  site = join(root, "site");
  // A site as Framework lays it out, of two pages; the real ones are packed and opened in test/browser.
  put("_file/data/site.0a.json", {
    company: "Firm",
    asOf: "2026-05-22",
    nDeals: 3,
    pages: ["overview", "forecast"],
    parts: null
  });
  put("_import/kept.js", 'export const end = "</script><!-- <script>"; export const said = () => end;');
  put("_import/style.1.css", "h1{color:red}");
  for (const page of ["index", "forecast"]) put(`${page}.html`, finishHtml(pageOf(page)));
});
afterEach(() => rmSync(root, {recursive: true, force: true}));

function put(path: string, content: string | object): void {
  const file = join(site, path);
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
}

function pageOf(name: string): string {
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="generator" content="Observable Framework v1.13.4">
<title>${name}</title>
<link rel="stylesheet" type="text/css" href="./_import/style.1.css">
<link rel="modulepreload" href="./_import/kept.js">
<script type="module">
import {said} from "./_import/kept.js";
registerFile("./data/site.json", {"name":"./data/site.json","mimeType":"application/json","path":"./_file/data/site.0a.json","size":1});
console.log("${name}", said(), () => import("./_npm/absent.js"));
</script>
</head>
<body><nav id="observablehq-sidebar"><ol><li class="observablehq-link"><a href="./">Firm</a></li></ol>
<ol><li class="observablehq-link"><a href="./forecast">Forecast</a></li></ol></nav></body>
</html>`;
}

const out = () => join(root, "packed");
const pack = (...more: string[]) => weir("pack", site, "--out", out(), ...more);

describe("a packed site", () => {
  test("is a file a page, which carries its data, its styles and its code, and names nothing to fetch", async () => {
    const {code, printed} = await pack();
    expect(code).toBe(0);
    expect(
      printed
        .trim()
        .split("\n")
        .map((line) => line.split("\t")[0])
    ).toEqual(["index.html", "forecast.html"]);
    expect(readdirSync(out()).sort()).toEqual(["forecast.html", "index.html"]);
    const html = readFileSync(join(out(), "forecast.html"), "utf8");
    expect(html).toContain("<style>h1{color:red}</style>");
    expect(html).not.toMatch(/(src|href)="(?!data:)[^"]*\.(js|css|json)"/);
    // One module, and its text does not end it early.
    expect(html.match(/<script type="module">[\s\S]*?<\/script>/g)).toHaveLength(1);
    expect(/<script type="module">([\s\S]*?)<\/script>/.exec(html)![1]).not.toContain("<!--");
    const block = /data-file="_file\/data\/site.0a.json" data-type="application\/json">([^<]+)</.exec(
      html
    )![1]!;
    const data = JSON.parse(gunzipSync(Buffer.from(block, "base64")).toString());
    expect(data).toMatchObject({company: "Firm", pages: ["overview", "forecast"]});
  });

  test("may ask nothing of any address", async () => {
    await pack();
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(
      readFileSync(join(out(), "index.html"), "utf8")
    )!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src data:;");
    expect(policy).not.toMatch(/'self'|https?:|\*|unsafe-eval/);
  });

  test("of one page knows no other", async () => {
    expect((await pack("--pages", "forecast")).code).toBe(0);
    expect(readdirSync(out())).toEqual(["forecast.html"]);
    const html = readFileSync(join(out(), "forecast.html"), "utf8");
    const block = /data-file="_file\/data\/site.0a.json"[^>]*>([^<]+)</.exec(html)![1]!;
    expect(JSON.parse(gunzipSync(Buffer.from(block, "base64")).toString()).pages).toEqual(["forecast"]);
  });

  test("of one page is of the site's own company, unless another's is named with its folder", async () => {
    const data = {company: "Other", asOf: "2026-05-22", nDeals: 3, pages: ["forecast"], parts: null};
    put("other/_file/data/site.0a.json", data);
    put("other/_import/kept.js", "export const said = () => 1;");
    put("other/_import/style.1.css", "");
    put("other/index.html", finishHtml(pageOf("forecast")));
    await pack("--pages", "forecast");
    expect(readdirSync(out())).toEqual(["forecast.html"]);
    await pack("--pages", "other/forecast");
    expect(readdirSync(out(), {recursive: true})).toEqual(["other", join("other", "index.html")]);
  });

  test("can be read by others, and is made of a site behind a link too", async () => {
    symlinkSync(site, join(root, "current"));
    expect((await weir("pack", join(root, "current"), "--out", out())).code).toBe(0);
    expect(statSync(out()).mode & 0o777).toBe(statSync(site).mode & 0o777);
  });

  test("replaces the one before it, and leaves no folder of its work", async () => {
    await pack();
    expect((await pack("--pages", "forecast")).code).toBe(0);
    expect(readdirSync(root).sort()).toEqual(["packed", "site"]);
    expect(existsSync(join(out(), "index.html"))).toBe(false);
  });
});

describe("is refused", () => {
  test.each([
    [
      "a folder that is no site",
      async () => weir("pack", root, "--out", out()),
      /no site of weir build[\s\S]*index\.html/
    ],
    [
      "a folder that is not there",
      async () => weir("pack", join(root, "no"), "--out", out()),
      /no such folder/
    ],
    ["no folder to write to", async () => weir("pack", site), /--out: no folder given/],
    ["two sites", async () => weir("pack", site, site, "--out", out()), /more than one site/],
    [
      "a page that the site does not have",
      async () => pack("--pages", "forcast"),
      /forcast[\s\S]*did you mean "forecast"/
    ]
  ])("%s", async (_, run, words) => {
    const {code, said} = await run();
    expect(code).toBe(2);
    expect(said).toMatch(words);
    expect(existsSync(out())).toBe(false);
  });

  test("a site whose pages fetch pieces, with what to do instead", async () => {
    put("_file/data/site.0a.json", {company: "Firm", nDeals: 90_000, pages: ["overview"], parts: {}});
    const {code, said} = await pack();
    expect(code).toBe(2);
    expect(said).toMatch(/90,000 deals[\s\S]*publish a site/);
  });

  test.each(["notes.txt", "minutes.html"])("a folder that holds %s, which stays", async (name) => {
    mkdirSync(out());
    writeFileSync(join(out(), name), "mine");
    const {code, said} = await pack();
    expect(code).toBe(2);
    expect(said).toContain(name);
    expect(readFileSync(join(out(), name), "utf8")).toBe("mine");
  });

  test("a file where the folder would be, which stays", async () => {
    writeFileSync(out(), "mine");
    const {code, said} = await pack();
    expect(code).toBe(2);
    expect(said).toMatch(/packed, --out: not of weir pack/);
    expect(readFileSync(out(), "utf8")).toBe("mine");
  });
});
