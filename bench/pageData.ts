/**
 * What each page's data weigh, compressed, straight from a warehouse: `npx tsx bench/pageData.ts WAREHOUSE [page ...]`. Runs the
 * page loaders without building the site, so it is quick at any size. A page ships the sum of the files it names.
 */
import {spawnSync} from "node:child_process";
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {WAREHOUSE_VARIABLE} from "../loaders/warehouse/openWarehouse.ts";
import {PROJECT} from "../loaders/workspace/statePaths.ts";

const [warehouse, ...wanted] = process.argv.slice(2);
if (!warehouse || !existsSync(warehouse)) throw new Error("give the path of a warehouse.duckdb");

const src = join(PROJECT, "src");
const pages = readdirSync(src)
  .filter((file) => file.endsWith(".md"))
  .map((file) => ({
    page: file.slice(0, -3),
    files: [...new Set(readFileSync(join(src, file), "utf8").match(/(?<=FileAttachment\("\.\/data\/)[^"]+/g))]
  }))
  .filter(({page}) => wanted.length === 0 || wanted.includes(page));

const kilobytes = new Map<string, number | null>();
for (const file of new Set(pages.flatMap(({files}) => files))) {
  const {stdout, stderr, status} = spawnSync(
    process.execPath,
    ["--import", "tsx/esm", join(src, "data", `${file}.ts`)],
    {env: {...process.env, [WAREHOUSE_VARIABLE]: warehouse}, maxBuffer: 4e9}
  );
  const kB = status === 0 ? gzipSync(stdout).length / 1024 : null;
  kilobytes.set(file, kB);
  console.log(
    `${file.padEnd(28)} ${kB?.toFixed(0).padStart(9) ?? `failed: ${String(stderr).slice(0, 200)}`}`
  );
}
console.log(`\n${"page".padEnd(28)} kB of data, compressed`);
for (const {page, files} of pages) {
  const sizes = files.map((file) => kilobytes.get(file) ?? null);
  const sum = sizes.reduce<number>((total, kB) => total + (kB ?? 0), 0);
  console.log(
    `${page.padEnd(28)} ${sum.toFixed(0).padStart(9)}${sum > 400 ? "  over 400" : ""}${sizes.includes(null) ? "  not all known" : ""}`
  );
}
