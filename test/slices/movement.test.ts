import {beforeAll, describe, expect, test} from "vitest";
import type {Engine} from "../../loaders/engine/engine.ts";
import {movementData} from "../../loaders/pages/movementData.ts";
import {movementFacts} from "../../src/slices/explore/movementFacts.ts";
import {dayNumber} from "../../src/slices/facts.ts";
import {LINES, type Movement, movement} from "../../src/slices/movement.ts";
import type {MovementData} from "../../src/slices/movementData.ts";
import type {Filters} from "../../src/slices/select.ts";
import {cutLives, daySpan, dealLives} from "../../src/slices/stretches.ts";
import {weeklyMovement} from "../../src/slices/weeklyMovement.ts";
import {localMidnight} from "../models/localMidnight.ts";
import {addDays, type Simulation, simulateCrm} from "../models/simulatedCrm.ts";
import {withBuilt} from "../models/timeCase.ts";
import fc from "../support/fc.ts";
import {bruteMovement} from "./bruteMovement.ts";

const TIME_ZONE = "Europe/Berlin";
const OWNERS = ["ann", "bob", "cat", "(none)"];
const QUARTERS = {
  "2024 Q1": {from: "2024-01-01", to: "2024-03-31"},
  "2024 Q2": {from: "2024-04-01", to: "2024-06-30"}
};

let crm: Simulation;
let data: MovementData;
let weekly: Record<string, string | number>[];

beforeAll(async () => {
  crm = simulateCrm({seed: 11, firstDay: "2024-02-20", nDays: 75, timeZone: TIME_ZONE, arrivals: 3});
  await withBuilt(crm.export, async ({engine}) => {
    data = await movementData(engine);
    weekly = await weeklyRows(engine);
  });
});

const weeks = () => data.weeks.map((week) => ({label: week.from, ...daySpan(week)}));

const net = ({lines}: Movement) => LINES.reduce((sum, line) => sum + lines[line].cents, 0);

describe("the movement between two days", () => {
  test("is that of the true pipelines of every day, deal by deal and to the cent, for any slice and period", () => {
    let moved = 0;
    const seen = new Set<string>();
    const created = new Map(
      crm.export.deals.map(({id, created_at}) => [String(id), Date.parse(String(created_at))])
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(74), {minLength: 2, maxLength: 2}),
        fc.option(fc.subarray(OWNERS, {minLength: 1})),
        fc.constantFrom(null, ...Object.values(QUARTERS)),
        (pair, owners, period) => {
          const [from, to] = [...pair].sort((a, b) => a - b).map((index) => crm.days[index]!) as [
            string,
            string
          ];
          const firstEnds = localMidnight(addDays(from, 1), TIME_ZONE);
          const existed = (id: string) => created.get(id)! < firstEnds;
          const brute = bruteMovement(crm.truth, crm.days, [from, to], {owners, period, existed});
          const filters: Filters = owners ? {owner: owners} : {};
          const lives = dealLives(data.stretches, data.deals, filters);
          const found = movement(lives, dayNumber(from), dayNumber(to), period && daySpan(period));
          expect([found.begin, found.end]).toEqual([brute.begin, brute.end]);
          expect(found.begin + net(found)).toBe(found.end);
          const ids = data.deals.columns["deal_id"] as {values: string[]};
          const moves = new Map(
            found.moves
              .map(
                (move) => [ids.values[move.deal]!, {class: move.class, lines: toRecord(move.lines)}] as const
              )
              .filter(([id]) => !brute.unknown.has(id))
          );
          expect(moves).toEqual(brute.moves);
          moved += moves.size;
          for (const each of moves.values()) seen.add(each.class);
        }
      ),
      {numRuns: 150, seed: 3}
    );
    expect(moved).toBeGreaterThan(2000);
    // Nothing the simulation does is left untried.
    expect([...seen].sort()).toEqual([...LINES].sort());
  });

  test("puts each deal into one class", () => {
    const {moves} = movement(
      dealLives(data.stretches, data.deals),
      dayNumber("2024-03-01"),
      dayNumber("2024-04-15")
    );
    expect(new Set(moves.map(({deal}) => deal)).size).toBe(moves.length);
    for (const {class: name, lines} of moves) expect(lines.map(({line}) => line)).toContain(name);
  });
});

test("cut by a dimension, each slice adds up and the slices make the whole, to the cent", () => {
  const [from, to] = [dayNumber("2024-03-01"), dayNumber("2024-04-20")];
  const lives = dealLives(data.stretches, data.deals);
  for (const period of [null, ...Object.values(QUARTERS).map(daySpan)]) {
    const whole = movement(lives, from, to, period);
    for (const key of ["owner", "pipeline", "deal_type"]) {
      const slices = [...cutLives(lives, data, key)].map(([value, own]) => ({
        value,
        moved: movement(own, from, to, period)
      }));
      for (const {value, moved} of slices) expect(moved.begin + net(moved), value).toBe(moved.end);
      const sum = (of: (moved: Movement) => number) =>
        slices.reduce((total, {moved}) => total + of(moved), 0);
      expect([sum(({begin}) => begin), sum(({end}) => end), sum(net)]).toEqual([
        whole.begin,
        whole.end,
        net(whole)
      ]);
      if (key !== "owner") continue;
      expect(slices.length).toBeGreaterThan(3);
      // What one owner hands over another gets.
      const handed = sum(({lines}) => lines.transferred_in.cents + lines.transferred_out.cents);
      expect(sum(({lines}) => lines.transferred_in.n)).toBeGreaterThan(0);
      expect(Math.abs(handed)).toBeLessThan(Math.abs(sum(({lines}) => lines.transferred_in.cents)));
      for (const {value, moved} of slices)
        expect(moved.end, value).toBe(
          movement(dealLives(data.stretches, data.deals, {owner: [value]}), from, to, period).end
        );
    }
  }
});

describe("the movement week by week", () => {
  test.each([null, ...Object.values(QUARTERS)])("is that between the weeks' ends, due in %o", (period) => {
    const span = period && daySpan(period);
    const lives = dealLives(data.stretches, data.deals, {owner: ["ann", "(none)"]});
    const found = weeklyMovement(lives, weeks(), span);
    expect(found.length).toBeGreaterThan(10);
    for (const {week, ...each} of found)
      expect({...each, week}, week.label).toEqual({...movement(lives, week.from - 1, week.to, span), week});
  });

  test("is what the warehouse says, for every owner and for all, to the cent", () => {
    for (const owner of [...OWNERS, null]) {
      const lives = dealLives(data.stretches, data.deals, owner ? {owner: [owner]} : {});
      const found = weeklyMovement(lives, weeks());
      const rows = weekly.filter(({slice_value}) => slice_value === (owner ?? "(all)"));
      expect(rows.length).toBeGreaterThan(8);
      for (const row of rows) {
        const {week, lines, ...stock} = found.find(({week}) => week.label === row["week_on"])!;
        expect({begin: stock.begin, end: stock.end, n: stock.nEnd}, week.label).toEqual({
          begin: row["begin"],
          end: row["end"],
          n: row["n_end"]
        });
        for (const line of LINES)
          if (owner || !line.startsWith("transferred"))
            expect(lines[line].cents, `${week.label} ${line}`).toBe(row[line]);
      }
    }
  });

  test("due in the quarter of each week is what the warehouse says too", () => {
    const lives = dealLives(data.stretches, data.deals);
    for (const period of Object.values(QUARTERS)) {
      for (const {week, lines, begin, end} of weeklyMovement(lives, weeks(), daySpan(period))) {
        if (week.to < dayNumber(period.from) || week.to > dayNumber(period.to)) continue;
        const row = weekly.find(({slice_value, week_on}) => slice_value === "due" && week_on === week.label)!;
        expect([begin, end], week.label).toEqual([row["begin"], row["end"]]);
        for (const line of LINES)
          if (!line.startsWith("transferred"))
            expect(lines[line].cents, `${week.label} ${line}`).toBe(row[line]);
      }
    }
  });
});

function toRecord(lines: readonly {line: string; cents: number}[]): Record<string, number> {
  return Object.fromEntries(lines.map(({line, cents}) => [line, cents]));
}

/** Owners' and all rows of the whole pipeline; and, as slice "due", all of what is due in the week's quarter. */
function weeklyRows(engine: Engine): Promise<Record<string, string | number>[]> {
  const cents = LINES.map((line) => `(${line}_amount * 100)::double as "${line}"`).join(", ");
  return engine.rows(`
    select case when scope = 'quarter' then 'due' else slice_value end as slice_value, week_on::varchar as week_on,
      (begin_amount * 100)::double as "begin", (end_amount * 100)::double as "end", n_end, ${cents}
    from marts.weekly_movement
    where (scope = 'all' and slice in ('owner', 'all')) or (scope = 'quarter' and slice = 'all')`);
}

test("movements as rows add up to what is open at the end, to the cent, and per week to its lines", () => {
  const facts = movementFacts(data);
  const {change, week_on: on} = facts.columns;
  if (change?.kind !== "cents" || on?.kind !== "day") throw new Error("no change or week");
  const all = weeklyMovement(dealLives(data.stretches, data.deals), weeks());
  expect(all.length).toBeGreaterThan(5);
  expect(change.values.reduce<number>((sum, cents) => sum + cents!, 0)).toBe(all.at(-1)!.end);
  for (const week of all) {
    const own = change.values.filter((_, row) => on.values[row] === week.week.from);
    expect(own.reduce<number>((sum, cents) => sum + cents!, 0)).toBe(net(week));
  }
});
