/** The tables of single deals and what hangs on them, as the pages add them up. `deal` is a row of the table of deals. */
import type {FactTable} from "../../src/slices/facts.ts";
import type {PeopleData} from "../../src/slices/people.ts";
import {GIVEN_LATE} from "../../src/slices/productsKnown.ts";
import type {Engine} from "../engine/engine.ts";
import {editReport} from "./editsData.ts";
import {factTable} from "./factTable.ts";
import {readSlices} from "./slices.ts";

const NAMES = ["deal_id", "deal_name", "account_name"];
const WORDS = ["stage", "outcome", "age_band", "is_overdue", "is_amount_assumed", "is_amount_unknown"];
const COUNTS = ["n_open", "n_won", "n_lost", "n_derailed"];
const AMOUNTS = ["open_amount", "won_amount", "lost_amount", "weighted_amount"];
const DAYS = ["created_on", "closed_on", "close_on", "cycle_days", "age_days", "stage_days"];

// Deals are ordered by deal_id wherever rows point at them.
export const NTH =
  "(select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as deal from marts.deals) as nth";

/** Columns of deals.json, the workspace's own slices included. */
export async function dealColumns(engine: Engine): Promise<string[]> {
  const slices = (await readSlices(engine)).map(({column}) => column);
  return [...NAMES, ...slices, ...WORDS, ...COUNTS, ...AMOUNTS, ...DAYS];
}

/**
 * One row a deal.
 * @param only columns wanted; default all
 */
export async function dealsTable(engine: Engine, only?: readonly string[]): Promise<FactTable> {
  const deals = "(select *, amount_base is null as is_amount_unknown from marts.deals) as deals";
  const columns = (await dealColumns(engine)).filter((name) => only?.includes(name) ?? true);
  const table = await factTable(engine, deals, {columns, text: ["deal_id", "deal_name"], orderBy: "deal_id"});
  return {...table, late: await lateColumns(engine)};
}

/**
 * What deals get as they advance, with the stages from which on (the first after the last in which most open deals have none, pipeline
 * by pipeline); what they have from the start is not among them.
 */
export function lateColumns(engine: Engine): Promise<Record<string, string[]>> {
  const known = lateOf.get(engine) ?? findLate(engine);
  lateOf.set(engine, known);
  return known;
}

/** Asked of the whole firm, before an engine shows its parts. */
const lateOf = new WeakMap<Engine, Promise<Record<string, string[]>>>();

async function findLate(engine: Engine): Promise<Record<string, string[]>> {
  const late: Record<string, string[]> = {};
  for (const key of GIVEN_LATE) {
    const firsts = await engine.rows<{stage: string | null; is_late: boolean}>(`
      with early as (
        select pipeline, max(stage_order) as last_bare from (
          select pipeline, stage_order from marts.deals where n_open = 1 group by all having 2 * count(${key}) < count(*)
        ) as bare group by pipeline
      ),
      ladder as (
        select pipeline_name as pipeline, stage_name as stage, stage_order, early.last_bare
        from workspace.stage inner join workspace.pipeline using (pipeline_id)
        left join early on early.pipeline = pipeline_name
        where kind = 'open'
      )
      select arg_min(stage, stage_order) filter (stage_order > coalesce(last_bare, -1)) as stage,
        bool_or(last_bare is not null) as is_late
      from ladder group by pipeline order by pipeline`);
    if (firsts.some(({is_late}) => is_late))
      late[key] = [...new Set(firsts.flatMap(({stage}) => stage ?? []))];
  }
  return late;
}

/** One row a stay of a deal in a stage. */
export function entriesTable(engine: Engine): Promise<FactTable> {
  const columns = [
    "deal",
    "stage",
    "stage_kind",
    "move",
    "entered_on",
    "left_on",
    "stage_days",
    "amount_base"
  ];
  const entries = `(select entry.* exclude (amount_base), nth.deal, coalesce(entry.amount_base, 0)::decimal(18, 2) as amount_base
    from marts.stage_entries as entry inner join ${NTH} using (deal_id)) as entries`;
  return factTable(engine, entries, {columns, orderBy: "deal, passage_number"});
}

/** Rules of stages as they were asked in the two years to the day; what is asked of open deals on the day is always there. */
export function conformanceTable(engine: Engine): Promise<FactTable> {
  const columns = ["deal", "moment", "stage", "rule", "asked_on", "is_met", "is_assumed", "owner_then"];
  const asked = `(select conformance.*, nth.deal from marts.stage_conformance as conformance inner join ${NTH} using (deal_id)
    cross join workspace.run as run
    where conformance.moment = 'now' or conformance.asked_on > run.as_of - interval 730 day) as asked`;
  return factTable(engine, asked, {columns, orderBy: "deal, passage_number, moment, rule_order"});
}

/** Product lines; accounts are only told apart. */
export function linesTable(engine: Engine): Promise<FactTable> {
  const columns = [
    ...["deal", "account", "line_product", "line_family", "line_kind"],
    ...["quantity", "line_amount", "list_amount", "amount_base"]
  ];
  const lines = `(select line.*, line.product as line_product, line.product_family as line_family, line.product_kind as line_kind,
      nth.deal, case when line.account_id is not null then cast(dense_rank() over (order by line.account_id) as integer) end as account
    from marts.deal_lines as line inner join ${NTH} using (deal_id)) as lines`;
  return factTable(engine, lines, {columns, orderBy: "deal, line_number"});
}

/** What people called and first said of deals, and how they edit. */
export async function peopleData(engine: Engine): Promise<PeopleData> {
  return {...(await callsData(engine)), edits: await editReport(engine)};
}

/** What people called and first said of deals. */
export async function callsData(engine: Engine): Promise<Omit<PeopleData, "edits">> {
  const calls = "deal quarter_label quarter_starts_on owner_then was_due category_then result".split(" ");
  const first =
    "deal owner_then said_on closed_on days_late amount_change is_month_end is_round is_won_round".split(" ");
  const marked = (mart: string) => `(select * from marts.${mart} inner join ${NTH} using (deal_id)) as mart`;
  return {
    calls: await factTable(engine, marked("quarter_calls"), {
      columns: calls,
      orderBy: "quarter_starts_on, deal"
    }),
    first: await factTable(engine, marked("first_calls"), {columns: first, orderBy: "deal"})
  };
}

/** Quotas by person and month. */
export function quotasTable(engine: Engine): Promise<FactTable> {
  const columns = ["owner", "team", "region", "month_on", "quota_amount"];
  return factTable(engine, "marts.quotas", {columns, orderBy: "quota_id, month_on"});
}
