/** Made-up deals with ten changes each, from hashes of their number: the same on every run. */
import {join} from "node:path";
import {openDuckDb} from "../loaders/engine/duckdb.ts";

export const WORKSPACE = `company: Bench
synthetic: true
base_currency: USD
time_zone: Europe/Berlin
pipelines:
  - id: sales
    stages:
      - {id: Prospecting, kind: open}
      - {id: Qualification, kind: open}
      - {id: Proposal/Price Quote, kind: open}
      - {id: Negotiation/Review, kind: open}
      - {id: Closed Won, kind: won}
      - {id: Closed Lost, kind: lost}
files:
  - path: none.csv
    maps: [{table: deal, columns: {deal_id: id, stage_id: stage}}]
`;

/** SQL of the n-th value of each field of deal d: one change's new value is the next one's old, so chains hold. */
const VALUE = {
  stage_id: (n: number) =>
    n === 0
      ? "'Prospecting'"
      : n < 4
        ? `case hash(d * 31 + ${n}) % 3
            when 0 then 'Qualification' when 1 then 'Proposal/Price Quote' else 'Negotiation/Review' end`
        : `case hash(d * 37) % 5
            when 0 then 'Closed Won' when 1 then 'Closed Won' when 2 then 'Negotiation/Review'
            else 'Closed Lost' end`,
  amount: (n: number) =>
    `cast(cast(hash(d * 41 + ${n}) % 20000000 as bigint) * 0.01 as decimal(18, 2))::varchar`,
  close_on: (n: number) =>
    `(date '2022-03-01' + cast(d % 1000 + hash(d * 43 + ${n}) % 200 as integer))::varchar`,
  owner_id: (n: number) => `'005000000000' || lpad((hash(d * 47 + ${n}) % 300)::varchar, 6, '0')`,
  forecast_category: (n: number) => `case hash(d * 53 + ${n}) % 4
      when 0 then 'pipeline' when 1 then 'best_case' when 2 then 'commit' else 'most_likely' end`
} as const;

type Field = keyof typeof VALUE;

/** What the k-th of ten changes changes, and for the which-th time. */
const CHANGES: [Field, number][] = [
  ["stage_id", 1],
  ["amount", 1],
  ["close_on", 1],
  ["stage_id", 2],
  ["owner_id", 1],
  ["stage_id", 3],
  ["amount", 2],
  ["forecast_category", 1],
  ["close_on", 2],
  ["stage_id", 4]
];

const CREATED_AT =
  "timestamp '2022-01-01' + to_seconds(cast((d % 1000) * 86400 + hash(d) % 86400 as bigint))";
/** Changes are about six to ten days apart; the second stage and the first owner change come in one second. */
const CHANGED_AT = `created_at + to_seconds(cast(
  case when k = 4 then 4 else k + 1 end * 500000 + hash(d * 59 + case when k = 4 then 3 else k end) % 400000 as bigint))`;

/** Writes deal.parquet, fx_rate.parquet, events.parquet and events.csv into a folder. */
export async function generateEvents(folder: string, nDeals: number): Promise<void> {
  const engine = await openDuckDb(":memory:");
  const to = (name: string) => `'${join(folder, name).replaceAll("'", "''")}'`;
  const id = "'006' || lpad(d::varchar, 12, '0') || 'AAA'";
  const change = (which: "old" | "new") =>
    CHANGES.map(([field, n], k) => `when ${k} then ${VALUE[field](which === "new" ? n : n - 1)}`).join("\n");
  const last = (field: Field) => VALUE[field](CHANGES.filter(([name]) => name === field).length);
  await engine.run(`copy (
    select *, case when stage_id like 'Closed%' then closing_at end as closed_at
    from (
      select ${id} as deal_id, 'sales' as pipeline_id, created_at, ${CHANGED_AT} as closing_at,
        case when hash(d * 61) % 10 = 0 then 'EUR' else 'USD' end as currency,
        ${last("stage_id")} as stage_id, cast(${last("amount")} as decimal(18, 2)) as amount,
        cast(${last("close_on")} as date) as close_on, ${last("owner_id")} as owner_id,
        ${last("forecast_category")} as forecast_category,
        'bench' as source_system, 'deals.csv' as source_file, d + 1 as source_record
      from (select range as d, ${CHANGES.length - 1} as k, ${CREATED_AT.replaceAll(/\bd\b/g, "range")} as created_at
        from range(${nDeals})) as numbers
    ) as deals
  ) to ${to("deal_all.parquet")}`);
  await engine.run(
    `copy (select * exclude (closing_at) from ${to("deal_all.parquet")}) to ${to("deal.parquet")}`
  );
  await engine.run(`copy (
    select 'EUR' as currency, cast(range as date) as "on", 1.05 + (hash(range) % 1000) / 10000 as rate,
      'bench' as source_system, 'rates.csv' as source_file, 1 as source_record
    from range(date '2021-12-01', date '2026-01-01', interval 1 month)
  ) to ${to("fx_rate.parquet")}`);
  await engine.run(`copy (
    select ${id} as deal_id, ${CHANGED_AT} as "at",
      case k ${CHANGES.map(([field], k) => `when ${k} then '${field}'`).join(" ")} end as field,
      case k ${change("old")} end as old_value, case k ${change("new")} end as new_value,
      'bench' as source_system, 'history.csv' as source_file, i + 1 as source_record
    from (
      select i, d, k, ${CREATED_AT} as created_at
      from (select range as i, range % ${nDeals} as d, cast(floor(range / ${nDeals}) as integer) as k
        from range(${nDeals * CHANGES.length})) as numbers
    ) as numbered
  ) to ${to("events.parquet")}`);
  await engine.run(`copy (
    select deal_id, strftime("at", '%Y-%m-%dT%H:%M:%SZ') as "at", field, old_value as "old", new_value as "new"
    from ${to("events.parquet")}
  ) to ${to("events.csv")} (header, force_quote (deal_id, "at", field, "old", "new"))`);
  engine.close();
}
