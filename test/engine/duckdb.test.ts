/** Databases that several open at once, as the processes of a backtest do. */
import {mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";

const folder = mkdtempSync(join(tmpdir(), "weir-engine-"));
const file = join(folder, "warehouse.duckdb");
afterAll(() => rmSync(folder, {recursive: true}));

/** Sorts 60 MB of texts where 60 MB of memory are allowed, so that blocks go to disk and come back. */
const SORT = `select count(*)::integer as n, sum(hash(x) % 1000 * place)::varchar as sum
  from (select x, row_number() over (order by x) as place
    from (select (g * 7919 % 400009)::varchar || repeat('x', 120) as x from range(400000) given(g)))`;

describe("a database file", () => {
  test("is read by several who put blocks aside: each has a folder of its own, and none is left behind", async () => {
    (await openDuckDb(file)).close();
    const readers = await Promise.all(
      [0, 1, 2].map(() => openDuckDb(file, {readOnly: true, threads: 1, memoryLimit: "60MB"}))
    );
    const answers = await Promise.all(readers.map((reader) => reader.rows(SORT)));
    const spilled = readdirSync(folder).filter((name) => name.includes(`.${process.pid}.tmp`));
    for (const reader of readers) reader.close();
    const roomy = await openDuckDb(":memory:");
    const [expected] = await roomy.rows(SORT);
    roomy.close();
    expect(answers).toEqual([[expected], [expected], [expected]]);
    expect(spilled).toHaveLength(3);
    expect(readdirSync(folder)).toEqual(["warehouse.duckdb"]);
  });
});
