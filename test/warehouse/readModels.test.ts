import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {viewsInPlace} from "../../loaders/warehouse/readInPlace.ts";
import {modelOrder, readModels} from "../../loaders/warehouse/readModels.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "weir-models-"));
  for (const layer of ["staging", "intermediate", "marts", "checks"]) mkdirSync(join(dir, layer));
});
afterEach(() => rmSync(dir, {recursive: true}));

const write = (file: string, sql: string) => writeFileSync(join(dir, file), sql);

describe("the order of models", () => {
  test("comes from their references, not from their names", () => {
    write("intermediate/int_a.sql", "select * from {{ ref('int_b') }}");
    write("intermediate/int_b.sql", "select * from {{ ref('stg_z') }}");
    write("staging/stg_z.sql", "select 1 as one");
    expect(modelOrder(readModels(dir)).map(({name}) => name)).toEqual(["stg_z", "int_b", "int_a"]);
  });

  test("refuses a circle and names it", () => {
    write("intermediate/int_a.sql", "select * from {{ ref('int_b') }}");
    write("intermediate/int_b.sql", "select * from {{ ref('int_a') }}");
    expect(() => modelOrder(readModels(dir))).toThrow("int_a -> int_b -> int_a");
  });

  test("refuses a reference to nothing", () => {
    write("intermediate/int_a.sql", "select * from {{ ref('stg_nowhere') }}");
    expect(() => modelOrder(readModels(dir))).toThrow("names no model");
  });

  test("refuses a layer that reads a later one", () => {
    write("staging/stg_a.sql", "select * from {{ ref('int_b') }}");
    write("intermediate/int_b.sql", "select 1 as one");
    expect(() => modelOrder(readModels(dir))).toThrow("staging must not read intermediate");
  });

  test("a mart without documentation is refused", () => {
    write("marts/bare.sql", "select 1 as one");
    expect(() => readModels(dir)).toThrow("a mart needs a .yml beside it");
  });

  test("a promise that no check vouches for is refused", () => {
    write("marts/told.sql", "select 1 as one");
    write("marts/told.yml", "{grain: One row, key: [one], columns: {}, checked_by: chk_nothing}");
    expect(() => readModels(dir)).toThrow("checked_by names no check (chk_nothing)");
  });
});

describe("the project's own models", () => {
  const models = readModels();

  test("can be ordered", () => expect(modelOrder(models).length).toBe(models.length));

  test("every check says what must hold", () => {
    const silent = models.filter(
      ({layer, description}) => layer === "checks" && !/^[A-Z].*\.$/.test(description)
    );
    expect(silent.map(({name}) => name)).toEqual([]);
  });

  test("no mart is a view of what is read in place, which goes when the build is done", () => {
    const views = viewsInPlace(models);
    expect(views.map(({name}) => name)).toContain("stg_deal_event");
    expect(views.filter(({layer}) => layer === "marts").map(({name}) => name)).toEqual([]);
  });

  test("staging reads sources only", () => {
    const impure = models.filter(({layer, refs}) => layer === "staging" && refs.length > 0);
    expect(impure.map(({name}) => name)).toEqual([]);
  });
});
