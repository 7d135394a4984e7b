/** The tables of single deals and what hangs on them, as the pages add them up. `deal` is a row of the table of deals. */
import type {FactTable} from "../../src/slices/facts.ts";
import type {PeopleData} from "../../src/slices/people.ts";
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
const NTH =
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
  return factTable(engine, deals, {columns, text: ["deal_id", "deal_name"], orderBy: "deal_id"});
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
