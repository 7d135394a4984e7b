/** What every object of every system must hold: one suite for all. */
import {describe, expect, test} from "vitest";
import {recognise} from "../../loaders/sources/recognise.ts";
import {
  headersOf,
  type SourceObject,
  type SourceSystem,
  spellingsOf
} from "../../loaders/sources/sourceSystem.ts";
import {SYSTEMS} from "../../loaders/sources/systems.ts";
import {type ColumnType, canonicalTable} from "../../loaders/workspace/canonicalTables.ts";
import {SOURCES} from "../../loaders/workspace/schema.ts";
import {withLoaded} from "./loadFiles.ts";

const STAGES = {
  pipelines: [
    {
      id: "sales",
      stages: [
        {id: "Prospecting", kind: "open", aliases: [], entry: [], exit: []},
        {id: "Closed Won", kind: "won", aliases: [], entry: [], exit: []}
      ]
    }
  ]
} as Parameters<SourceObject["maps"]>[0];

const SAMPLES: Record<ColumnType | "currency", string> = {
  id: "K1",
  text: "word",
  money: "120.50",
  number: "2",
  integer: "3",
  ratio: "0.5",
  date: "2024-02-01",
  timestamp: "2024-02-01T10:00:00Z",
  boolean: "true",
  stage: "Prospecting",
  outcome: "open",
  category: "commit",
  currency: "EUR 120.50"
};

const OBJECTS = SYSTEMS.flatMap((system) =>
  system.objects.map((object) => ({name: `${system.id} ${object.id}`, system, object}))
);
const LOADED = OBJECTS.filter(({object}) => object.maps(STAGES).length > 0);

/** One record for each map of an object, with a value in every column the map reads and its filters met. */
function sample(object: SourceObject): Record<string, string>[] {
  const maps = object.maps(STAGES);
  // A map without filters takes every record, so every record has what it needs.
  const forAll = maps.filter((map) => !map.rows_where && !map.rows_with && !map.rows_starting);
  return maps.map((map, index) => {
    const record: Record<string, string> = {};
    for (const header of object.tells) record[header] = "told";
    const columns = [...new Set([...forAll, map])].flatMap(({table, columns: each}) =>
      Object.entries(each).map(([name, spec]) => ({name, spec, type: canonicalTable(table).columns[name]!}))
    );
    for (const {name, spec, type} of columns) {
      for (const header of [spec.column, spec.and])
        if (header !== undefined)
          record[header] = spec.divide_by
            ? "12000"
            : spec.date
              ? SAMPLES.date
              : SAMPLES[spec.read_as ?? type];
      if (spec.column !== undefined && type === "id" && name !== "pipeline_id")
        record[spec.column] = `K${index}`;
      if (spec.column !== undefined && name === "pipeline_id") record[spec.column] = "sales";
      if (spec.column !== undefined && name === "currency") record[spec.column] = "USD";
      if (spec.column !== undefined && name === "is_deleted") record[spec.column] = "false";
    }
    for (const header of map.rows_with ?? []) record[header] ||= SAMPLES.timestamp;
    for (const [header, values] of Object.entries(map.rows_where ?? {})) record[header] = values[0]!;
    for (const [header, starts] of Object.entries(map.rows_starting ?? {}))
      record[header] = `${starts[0]}000000000001`;
    for (const header of Object.keys(map.rows_unless ?? {})) record[header] = "";
    if (map.table === "deal_audit") record["changedata"] = '{"changedAttributes": []}';
    return record;
  });
}

/** A CSV of records, with every header written as `spell` says. */
function csv(records: readonly Record<string, string>[], spell: (header: string) => string): string {
  const headers = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
  return `${[headers.map(spell), ...records.map((record) => headers.map((header) => record[header] ?? ""))].map(line).join("\n")}\n`;
}

describe("systems", () => {
  test("are those that workspace.yaml knows, with objects of different names", () => {
    expect(["csv", ...SYSTEMS.map(({id}) => id)]).toEqual([...SOURCES]);
    for (const {objects} of SYSTEMS) expect(new Set(objects.map(({id}) => id)).size).toBe(objects.length);
  });

  test("objects yield only to objects of their own system", () => {
    for (const {objects} of SYSTEMS)
      for (const {yieldsTo = []} of objects)
        expect(objects.map(({id}) => id)).toEqual(expect.arrayContaining([...yieldsTo]));
  });
});

describe.each(LOADED)("$name", ({system, object}) => {
  test("maps to columns there are, and to all that a row needs", () => {
    for (const {table, columns} of object.maps(STAGES)) {
      const known = canonicalTable(table);
      for (const name of Object.keys(columns)) expect(Object.keys(known.columns)).toContain(name);
      for (const name of known.required) expect(Object.keys(columns)).toContain(name);
    }
  });

  test("is told by its own headers, and by their other spellings", () => {
    const own = headersOf(object);
    expect(first(own)).toEqual([system.id, object.id]);
    for (const header of object.tells)
      for (const spelling of spellingsOf(object, header))
        expect(
          recognise(own.map((each) => (each === header ? spelling : each))).map(({object: o}) => o.id)
        ).toContain(object.id);
  });

  test("loads one record of each map, and counts all of them", async () => {
    await loads(system, object, (header) => header);
  });

  test("loads the same under the last spelling of each header", async () => {
    const own = [...new Set(sample(object).flatMap((record) => Object.keys(record)))];
    const last = (header: string) => spellingsOf(object, header).at(-1)!;
    await loads(system, object, (header) => {
      const isAnothers = own.some((each) => each !== header && [each, last(each)].includes(last(header)));
      return isAnothers ? header : last(header);
    });
  });
});

function first(header: readonly string[]): [string, string] {
  const [best] = recognise(header);
  return [best!.system.id, best!.object.id];
}

async function loads(
  system: SourceSystem,
  object: SourceObject,
  spell: (header: string) => string
): Promise<void> {
  const records = sample(object);
  const isDeals = object.maps(STAGES).some(({table}) => table === "deal");
  const deals = isDeals
    ? ""
    : "\n  - {path: deals.csv, maps: [{table: deal, columns: {deal_id: id, pipeline_id: pipeline, stage_id: stage}}]}";
  await withLoaded(
    {
      files: `  - {path: export.csv, source: ${system.id}, object: "${object.id}"}${deals}`,
      content: {
        "export.csv": csv(records, spell),
        "deals.csv": "id,pipeline,stage\nother,sales,Prospecting\n"
      },
      pipelines: WITH_STATUS_STAGES
    },
    async ({report, rows}) => {
      expect(report.files[0]).toMatchObject({
        n_records: records.length,
        n_loaded: records.length,
        n_rejected: 0
      });
      for (const table of new Set(object.maps(STAGES).map((map) => map.table))) {
        const [row] = await rows(
          `select count(*)::integer as n from source."${table}" where source_system = '${system.id}'`
        );
        expect({table, hasRows: Number(row!["n"]) > 0}).toEqual({table, hasRows: true});
      }
    }
  );
}

const WITH_STATUS_STAGES = `
  - id: sales
    stages:
      - {id: Prospecting, kind: open}
      - {id: Closed Won, kind: won}
      - {id: won, kind: won}
      - {id: lost, kind: lost}
  - id: renewals
    stages: [{id: Prospecting, kind: open}, {id: won, kind: won}, {id: lost, kind: lost}]`;
