/** What people and money went to in the last year and what came of it, for the optimiser. */
import type {Resource, ResourceData} from "../../src/scenario/plan/resource.ts";
import type {Engine} from "../engine/engine.ts";
import {elasticityOf, type PanelCell} from "./elasticity.ts";
import {RESOURCE_SQL, type ResourceSql} from "./resourceSql.ts";

interface OptionRow {
  name: string | null;
  today: number;
  value: number;
  squares: number;
}

const MOST_OPTIONS = 12;

/** The resources these exports tell of; one with fewer than two options is left out. */
export async function resourceData(engine: Engine): Promise<ResourceData> {
  const [run] = await engine.rows<{currency: string; as_of: string}>(
    "select base_currency as currency, as_of::varchar as as_of from workspace.run"
  );
  const resources: Resource[] = [];
  for (const each of RESOURCE_SQL) {
    const found = await resourceOf(engine, each);
    if (found) resources.push(found);
  }
  return {currency: run!.currency, asOf: run!.as_of, resources};
}

async function resourceOf(engine: Engine, sql: ResourceSql): Promise<Resource | null> {
  const rows = (await engine.rows<OptionRow>(sql.options)).filter(
    ({name, today, value}) => name !== null && today > 0 && value > 0
  );
  const kept = [...rows]
    .sort((a, b) => b.value - a.value || (a.name! < b.name! ? -1 : 1))
    .slice(0, MOST_OPTIONS);
  if (kept.length < 2) return null;
  const cells = sql.panel ? await engine.rows<PanelCell>(sql.panel) : [];
  const total = kept.reduce((sum, {today}) => sum + today, 0);
  const unit = sql.isMoney ? niceStep(total / 60) : (sql.unit ?? 1);
  return {
    key: sql.key,
    label: sql.label,
    one: sql.one,
    many: sql.many,
    isMoney: sql.isMoney,
    unit,
    options: kept.map(({name, today, value, squares}) => ({
      name: name!,
      today: sql.isMoney || sql.unit ? Math.max(unit, Math.round(today / unit) * unit) : today,
      value: Math.round(value * 100) / 100,
      // Wins of such sizes, coming by chance: the spread of their sum.
      valueError: Math.min(2, Math.sqrt(squares) / value)
    })),
    elasticity: elasticityOf(cells, sql.prior),
    means: sql.means,
    measuredOn: sql.measuredOn ?? null
  };
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return ([1, 2, 5].find((each) => each * power >= value) ?? 10) * power;
}
