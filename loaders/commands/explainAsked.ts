/** What `weir explain` is asked of: a period and slices, as they are written on the command line. */
import type {Filters, Period} from "../../src/slices/select.ts";
import {NONE} from "../../src/slices/select.ts";
import type {Engine} from "../engine/engine.ts";
import {identifier} from "../engine/sqlText.ts";
import {readSlices} from "../pages/slices.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import {unknownName} from "../workspace/unknownName.ts";

export interface AskedFor {
  as_of: string;
  currency: string;
  /** Null: all time. */
  period: (Period & {label: string}) | null;
  filters: Filters;
}

/** Labels and values named in an error; more are told by a few. */
const MOST_NAMED = 40;

/** Reads both. @throws {WeirError} exit 2 for a period or a slice that the warehouse has not, with the nearest it has */
export async function askedFor(
  engine: Engine,
  {period, slices}: {period: string | undefined; slices: readonly string[]}
): Promise<AskedFor> {
  const [run] = await engine.rows<{as_of: string; currency: string}>(
    "select as_of::varchar as as_of, base_currency as currency from workspace.run"
  );
  return {
    ...run!,
    period: period === undefined ? null : await periodOf(engine, period),
    filters: await filtersOf(engine, slices)
  };
}

async function periodOf(engine: Engine, asked: string): Promise<Period & {label: string}> {
  const days = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(asked);
  if (days) {
    const [, from, to] = days as unknown as [string, string, string];
    const isDay = (day: string) => new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day;
    if (!isDay(from) || !isDay(to) || from > to)
      throw wrong("--period", {
        what: "no span of days",
        value: asked,
        expected: "two days that there are, the earlier first: 2026-01-01..2026-03-31"
      });
    return {label: asked, from, to};
  }
  const known = await engine.rows<Period & {label: string}>(
    ["month", "quarter", "year"]
      .map((grain) => {
        const prefix = grain === "month" ? "" : `${grain}_`;
        return `select distinct ${grain}_label as label, ${prefix}starts_on::varchar as "from", ${prefix}ends_on::varchar as "to" from workspace.fiscal_month`;
      })
      .join(" union all ")
  );
  const found = known.find(({label}) => label.toLowerCase() === asked.toLowerCase());
  if (found) return found;
  const labels = known.map(({label}) => label).sort();
  throw wrong("--period", {
    ...unknownName("period", asked, labels),
    expected: `a label from ${labels[0]} to ${labels.at(-1)}, or days: 2026-01-01..2026-03-31`
  });
}

async function filtersOf(engine: Engine, slices: readonly string[]): Promise<Filters> {
  const known = await readSlices(engine);
  const filters: Record<string, string[]> = {};
  for (const asked of slices) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(asked) ?? [];
    if (name === undefined || value === undefined)
      throw wrong("--slice", {
        what: "not a slice",
        value: asked,
        expected: "what deals are cut by, = and a value: region=EMEA"
      });
    const slice = known.find(({column, label}) =>
      [column, label].some((each) => each.toLowerCase() === name.trim().toLowerCase())
    );
    if (!slice)
      throw wrong(
        "--slice",
        unknownName(
          "slice",
          name.trim(),
          known.map(({column}) => column)
        )
      );
    const values = await valuesOf(engine, slice.column);
    const found =
      values.find((each) => each === value) ??
      values.find((each) => each.toLowerCase() === value.toLowerCase());
    if (found === undefined) {
      const told =
        values.length > MOST_NAMED
          ? [...values.slice(0, MOST_NAMED), `${values.length - MOST_NAMED} more`]
          : values;
      throw wrong("--slice", {
        ...unknownName(slice.label.toLowerCase(), value, values),
        expected: `one of ${told.join(", ")}`
      });
    }
    filters[slice.column] = [...(filters[slice.column] ?? []), found];
  }
  return filters;
}

/** Values by the number of their deals. */
async function valuesOf(engine: Engine, column: string): Promise<string[]> {
  const rows = await engine.rows<{value: string}>(
    `select coalesce(${identifier(column)}::varchar, '${NONE}') as value from marts.deals group by 1 order by count(*) desc, value`
  );
  return rows.map(({value}) => value);
}

function wrong(field: string, problem: Problem): WeirError {
  return new WeirError("weir explain: this cannot be asked", {
    exitCode: EXIT.config,
    problems: [{field, ...problem}]
  });
}
