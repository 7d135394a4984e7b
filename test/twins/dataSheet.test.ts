import {expect, test} from "vitest";
import {twinDataSheet} from "../../loaders/twins/dataSheet.ts";
import {FIRMS} from "../../loaders/twins/writeTwin.ts";
import {smallTwin} from "./support.ts";

test.each(FIRMS)("the data sheet of the %s twin states what its truth files hold", async (firm) => {
  const twin = await smallTwin(firm, 60, 1);
  const {planted, notPlanted} = twinDataSheet(firm);
  const rows = planted.flatMap((section) => section.rows);
  for (const {level, pull, loss} of twin.rows("truth/effects.csv")) {
    const row = rows.find((each) => each["level"] === (level || "none"))!;
    expect([row["pull"], row["loss"]], level).toEqual(
      [pull, loss].map((log) => `×\u00a0${Math.exp(Number(log)).toFixed(2)}`)
    );
  }
  const hazards = twin.rows("truth/hazards.csv").map((row) => Number(row["daily_hazard"]));
  const told = rows.flatMap((row) => ["advance", "won", "lost", "back", "stuck"].map((cause) => row[cause]));
  const sum = (list: unknown[]) => list.reduce<number>((total, value) => total + (Number(value) || 0), 0);
  expect(sum(told)).toBeCloseTo(sum(hazards), 10);
  for (const {columns, rows: table} of planted)
    for (const row of table) expect(Object.keys(row).sort()).toEqual(columns.map(({key}) => key).sort());
  expect(notPlanted.length).toBeGreaterThan(5);
});
