/**
 * Touches through all ten models: `npx tsx bench/attribution.ts [touches]`. Touches, leads and deals are drawn in DuckDB,
 * then the models run as a build runs them, each timed, on two threads; the cost is printed beside one plain pass over
 * the same touches.
 */
import {openDuckDb} from "../loaders/engine/duckdb.ts";
import {readModels} from "../loaders/warehouse/readModels.ts";
import {renderModel} from "../loaders/warehouse/runModels.ts";
import {loadWorkspace} from "../loaders/workspace/loadWorkspace.ts";
import {DEFAULT_WORKSPACE} from "../loaders/workspace/statePaths.ts";

const touches = Number(process.argv[2] ?? 3_000_000);
const deals = Math.round(touches / 8);
const STEPS = [
  "int_touch",
  "int_journey",
  "int_half_life",
  "int_channel_step",
  "int_channel_removal",
  "touch_credit",
  "deal_credit",
  "campaign_credit"
];

const engine = await openDuckDb(":memory:", {threads: 2});
const chance = (of: string, salt: number) => `((hash(${of}, ${salt}) % 1000003) / 1000003.0)`;
for (const schema of ["staging", "intermediate", "marts", "workspace", "source"])
  await engine.run(`create schema ${schema}`);
await engine.run(`create table workspace.run as select date '2026-05-22' as as_of, timestamp '2026-05-23' as as_of_ends_at;
  create table workspace.marketing as select 180 as touch_window_days, 0.4::decimal(5,4) as partner_sourced,
    0.2::decimal(5,4) as partner_influenced, 0.4::decimal(5,4) as marketing_sourced, 0.2::decimal(5,4) as marketing_influenced;
  create table intermediate.int_campaign as select 'C' || range as campaign_id, 'channel ' || range % 9 as channel from range(400);
  create table intermediate.int_deal as
    select 'D' || range as deal_id, 'A' || range // 2 as account_id, created_at, created_at::date as created_on,
      case when outcome <> 'open' then created_at + to_days(20 + (90 * ${chance("range", 3)})::integer) end as closed_at,
      closed_at::date as closed_on, outcome, (1000 + 90000 * ${chance("range", 4)})::decimal(18, 2) as amount_base,
      case when range % 5 = 0 then 'C' || range % 400 end as campaign_id
    from (select range, timestamp '2023-01-01' + to_days((1100 * ${chance("range", 1)})::integer) as created_at,
      case when ${chance("range", 2)} < 0.2 then 'won' when ${chance("range", 2)} < 0.9 then 'lost' else 'open' end as outcome
      from range(${deals}));
  create table marts.deals as select * from intermediate.int_deal;
  create table intermediate.int_deal_origin as select deal_id, case hash(deal_id) % 4 when 0 then 'sourced' else 'direct' end as origin
    from intermediate.int_deal;
  create table staging.stg_lead as select 'L' || range as lead_id, 'D' || range as deal_id,
    timestamp '2023-01-01' + to_days((1100 * ${chance("range", 1)})::integer - 9) as created_at from range(${deals});
  create table staging.stg_touch as select 'touch:' || range as touch_key, range as touch_number, 'T' || range as touch_id,
    timestamp '2023-01-01' + to_seconds((86400 * (1100 * ${chance(`range % ${deals}`, 1)} - 30 + 90 * ${chance("range", 6)}))::integer) as touched_at,
    'C' || hash(range) % 400 as campaign_id, null::varchar as channel,
    case when range % 10 < 8 then 'L' || range % ${deals} end as lead_id, 'A' || (range % ${deals}) // 2 as account_id,
    null::varchar as deal_id from range(${touches})`);

const models = readModels();
const layers = new Map(models.map(({name, layer}) => [name, layer]));
const {config} = loadWorkspace(DEFAULT_WORKSPACE);
const timed = async (sql: string) => {
  const from = process.hrtime.bigint();
  await engine.run(sql);
  return Number(process.hrtime.bigint() - from) / 1e9;
};
const plain = await timed(
  "create table staging.plain as select campaign_id, count(*) as n, max(touched_at) as last from staging.stg_touch group by campaign_id"
);
let total = 0;
const before = process.cpuUsage();
for (const name of STEPS) {
  const model = models.find((each) => each.name === name)!;
  const seconds = await timed(`create table ${model.layer}.${name} as ${renderModel(model, layers, config)}`);
  total += seconds;
  console.log(`${name.padEnd(20)} ${seconds.toFixed(2)} s`);
}
const {user, system} = process.cpuUsage(before);
const [counted] = await engine.rows<{n: number}>("select count(*)::integer as n from marts.touch_credit");
console.log(
  `${touches} touches of ${deals} deals, ${counted!.n} count: ${total.toFixed(1)} s on two threads, ${((user + system) / 1e6).toFixed(1)} s of CPU, ${(total / plain).toFixed(0)} times one plain pass`
);
engine.close();
