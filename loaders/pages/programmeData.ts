/** What the Partner life cycle page works with: partners, parts in deals, the programme's records and rules. */
import type {MarketRow, ProgrammeData, ProgrammeDoubt} from "../../src/slices/partners/programmeData.ts";
import type {Engine} from "../engine/engine.ts";
import {factTable} from "./factTable.ts";
import {PARTNERS_BY_NAME, PARTS_BY_NAME} from "./partnersByName.ts";

const PARTNERS = [
  ...[
    "partner",
    "partner_kind",
    "tier",
    "partner_region",
    "signed_on",
    "first_registered_on",
    "first_won_on"
  ],
  ...[
    "last_active_on",
    "is_active",
    "n_registrations",
    "n_won",
    "n_trainings",
    "n_trained_people",
    "first_trained_on"
  ],
  ...["n_certifications", "n_meetings", "fund_requested", "fund_approved", "fund_claimed", "payout"]
];
const PARTS = ["deal", "partner", "tier", "part", "since_on", "n_meetings", "evidence", "is_origin"];
const EVENTS = ["partner", "kind", "happened_on", "amount_base"];
const PAYOUTS = [
  ...["deal", "partner", "tier", "deal_name", "account_name", "class", "rate", "won_amount", "owed_amount"],
  ...["paid_amount", "closed_on", "last_paid_on", "due_on"]
];
const MOST_RECORDS = 5;

interface Program {
  as_of: string;
  active_days: number;
  fund_window_days: number;
  payout_due_days: number;
  registrations_from: string | null;
}

/** Reads the marts; all tables are empty for a workspace without partners. */
export async function programmeData(engine: Engine): Promise<ProgrammeData> {
  const [program] = await engine.rows<Program>(`
    select run.as_of::varchar as as_of, active_days, fund_window_days, payout_due_days,
      (select min(submitted_on)::varchar from marts.registrations) as registrations_from
    from workspace.run cross join workspace.partner_program`);
  // The deal's row in deals.json, which is ordered by deal_id too.
  const nth =
    "(select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as deal from marts.deals) as nth";
  const parts = `(select part.*, nth.deal from (${PARTS_BY_NAME}) as part inner join ${nth} using (deal_id)) as parts`;
  const payouts = `(select entry.*, nth.deal from marts.partner_payouts as entry left join ${nth} using (deal_id)) as payouts`;
  return {
    asOf: program!.as_of,
    activeDays: program!.active_days,
    fundWindowDays: program!.fund_window_days,
    dueDays: program!.payout_due_days,
    registrationsFrom: program!.registrations_from,
    ...(await readTiers(engine)),
    rules: await readRules(engine),
    partners: await factTable(engine, `(${PARTNERS_BY_NAME}) as partners`, {
      columns: PARTNERS,
      text: ["partner"],
      orderBy: "partner_id"
    }),
    parts: await factTable(engine, parts, {columns: PARTS, orderBy: "deal, partner_id"}),
    events: await factTable(
      engine,
      "(select * from marts.partner_events where standing = 'counts') as events",
      {
        columns: EVENTS,
        orderBy: "happened_on, event_key"
      }
    ),
    payouts: await factTable(engine, payouts, {
      columns: PAYOUTS,
      text: ["deal_name", "account_name"],
      orderBy: "entry_id"
    }),
    market:
      await engine.rows<MarketRow>(`select region, segment, n_accounts as "nAccounts", n_customers as "nCustomers",
        n_in_play as "nInPlay", n_white as "nWhite" from marts.account_market order by region, segment`),
    doubts:
      await engine.rows<ProgrammeDoubt>(`select doubt, treatment, count(*)::integer as n, sum(amount)::double as amount,
        list(record order by record)[1:${MOST_RECORDS}] as records
      from marts.partner_doubts group by doubt, treatment order by doubt`)
  };
}

const PARTS_IN_WORDS: Record<string, string> = {
  registered: "deals they registered with approval",
  sourced: "deals they sourced",
  influenced: "deals they influenced",
  any: "deals they have a part in"
};

async function readRules(engine: Engine): Promise<string[]> {
  const rules = await engine.rows<{
    part: string;
    tiers: string | null;
    kinds: string | null;
    rate: number;
    most: number | null;
  }>(`select part, string_agg(distinct tier, ', ' order by tier) as tiers, string_agg(distinct kind, ', ' order by kind) as kinds,
      any_value(rate)::double as rate, any_value(at_most)::double as most
    from workspace.payout_rule group by rule_order, part order by rule_order`);
  return rules.map(({part, tiers, kinds, rate, most}) =>
    [
      `${Math.round(rate * 10_000) / 100}% of ${PARTS_IN_WORDS[part]!} and won`,
      ...(tiers ? [`tier ${tiers}`] : []),
      ...(kinds ? [kinds] : []),
      ...(most === null ? [] : [`at most ${most} a deal`])
    ].join(", ")
  );
}

/** Tiers from the lowest to the highest, and what the programme asks of them. */
async function readTiers(engine: Engine): Promise<Pick<ProgrammeData, "tiers" | "tierRules">> {
  const rows = await engine.rows<{tier: string; won: number | null; trainings: number | null}>(
    `select tier, won_a_year::double as won, n_trainings as trainings from workspace.partner_tier order by tier_order`
  );
  return {
    tiers: rows.map(({tier}) => tier),
    tierRules: rows.map(({won, trainings}) => ({
      yearCents: won === null ? null : Math.round(won * 100),
      nTrainings: trainings
    }))
  };
}
