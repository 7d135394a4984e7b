/** Deals whose status no map takes: told, never counted as loaded. */
import {expect, test} from "vitest";
import {refusal, withLoaded} from "./loadFiles.ts";
import {lines, STATUS_STAGES} from "./loadObjects.ts";

const DYNAMICS = lines(
  "(Nicht ändern) Verkaufschance;Thema;Status;Gesch. Umsatz;Pipelinephase",
  "a;A;Offen;5;11",
  "b;B;Gewonnen;5;",
  "c;C;Storniert;5;",
  "d;D;;5;11"
);
const PIPEDRIVE = lines("id,title,status,stage_id,value", "1,A,open,11,5", "2,B,Archiviert,11,10000");

const dynamics = (more = "") => ({
  files: `  - {path: d.csv, source: dynamics, object: opportunity, format: {delimiter: ";"}${more}}`,
  content: {"d.csv": DYNAMICS},
  pipelines: STATUS_STAGES
});
const pipedrive = (more = "") => ({
  files: `  - {path: d.csv, source: pipedrive, object: deals${more}}`,
  content: {"d.csv": PIPEDRIVE},
  pipelines: STATUS_STAGES
});

test("are refused with line, value, the words known and what to write", async () => {
  const {problems} = await refusal(dynamics());
  expect(problems).toMatchObject([
    {file: "d.csv", line: 4, field: "statecode", value: "Storniert"},
    {file: "d.csv", line: 5, field: "statecode", value: ""}
  ]);
  expect(problems[0]!.expected).toContain("Offen");
  expect(problems[0]!.fix).toContain("statuses: {");
});

test("under a reject limit are rejected, so that records are those loaded and rejected", async () => {
  await withLoaded(pipedrive(", reject_limit: 1"), async ({report, rows}) => {
    expect(report.files).toMatchObject([{n_records: 2, n_loaded: 1, n_rejected: 1}]);
    expect(report.rejects).toMatchObject([{line: 3, column: "status", value: "Archiviert"}]);
    expect(await rows("select count(*)::integer as n from source.deal")).toEqual([{n: 1}]);
  });
});

test("a word that the file says means another status has that meaning alone", async () => {
  await withLoaded(pipedrive(", statuses: {Archiviert: deleted, open: lost}"), async ({rows}) =>
    expect(await rows("select deal_id, stage_id from source.deal where is_deleted is null")).toEqual([
      {deal_id: "1", stage_id: "lost"}
    ])
  );
});

test("are taken where the file says what their words mean", async () => {
  await withLoaded(pipedrive(", statuses: {Archiviert: deleted}"), async ({rows}) =>
    expect(await rows("select deal_id, is_deleted from source.deal order by 1")).toEqual([
      {deal_id: "1", is_deleted: null},
      {deal_id: "2", is_deleted: true}
    ])
  );
  await withLoaded(dynamics(", reject_limit: 1, statuses: {Storniert: lost}"), async ({report, rows}) => {
    expect(report.files).toMatchObject([{n_records: 4, n_loaded: 3, n_rejected: 1}]);
    expect(await rows("select deal_id, stage_id from source.deal order by 1")).toMatchObject([
      {stage_id: "11"},
      {stage_id: "won"},
      {stage_id: "lost"}
    ]);
  });
});
