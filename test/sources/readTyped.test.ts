import {expect, test} from "vitest";
import type {Engine} from "../../loaders/engine/engine.ts";
import {withLoaded} from "./loadFiles.ts";

const FILES = `
  - path: deals.csv
    maps:
      - table: deal
        columns: {deal_id: Id, name: Name, stage_id: Stage, amount: Amount, close_on: Close, created_at: Created}
`;

test("a clean export loads, cell by cell, with the record each row came from", async () => {
  const csv =
    "Id,Name,Stage,Amount,Close,Created\n" +
    'D-1,"Acme, ""big"" deal\nsecond line",Prospecting,1200.5,2024-03-31,2024-01-02T03:04:05.678Z\n' +
    "D-2,,Closed Won,,,2024-01-02T03:04:05.000+0200\n";
  await withLoaded({files: FILES, content: {"deals.csv": csv}}, async ({report, rows}) => {
    expect(report.files[0]).toMatchObject({n_header: 1, n_records: 2, n_loaded: 2, n_rejected: 0});
    expect(report.files[0]!.totals).toEqual({"deal.amount": "1200.50"});
    expect(
      await rows(
        "select deal_id, name, stage_id, amount::varchar as amount, close_on::varchar as close_on, created_at::varchar as created_at, source_record::integer as source_record from source.deal order by all"
      )
    ).toEqual([
      {
        deal_id: "D-1",
        name: 'Acme, "big" deal\nsecond line',
        stage_id: "Prospecting",
        amount: "1200.50",
        close_on: "2024-03-31",
        created_at: "2024-01-02 03:04:05.678",
        source_record: 1
      },
      {
        deal_id: "D-2",
        name: null,
        stage_id: "Closed Won",
        amount: null,
        close_on: null,
        created_at: "2024-01-02 01:04:05",
        source_record: 2
      }
    ]);
  });
});

test("records keep the order of the file when threads share it and a recoded text is looked up in a list", async () => {
  const n = 300_000;
  const lines = Array.from(
    {length: n},
    (_, i) => `D-${i + 1},${"x".repeat(60)},Prospecting,1,2024-03-31,2024-01-02`
  );
  const csv = `Id,Name,Stage,Amount,Close,Created\n${lines.join("\n")}\n`;
  const prepare = (engine: Engine) => engine.run("set threads = 4");
  const files = FILES.replace("name: Name", "name: {column: Name, recode: {a: b, c: d}}");
  await withLoaded({files, content: {"deals.csv": csv}, prepare}, async ({rows}) => {
    const moved = await rows(
      "select deal_id, source_record::integer as source_record from source.deal where deal_id <> 'D-' || source_record limit 3"
    );
    expect(moved).toEqual([]);
  });
});
