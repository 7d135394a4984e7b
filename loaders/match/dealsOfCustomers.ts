/** The customers of the CRM's deals, and their deals as numbers in flat arrays: a million of them take a tenth of a gigabyte. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {matchingForm} from "../sources/matchingForm.ts";
import type {Customer} from "./customerIndex.ts";
import type {DealsOf} from "./proposeCandidates.ts";
import {countryForm, customerOf} from "./readBusiness.ts";

export interface CustomersOfDeals {
  /** By index, as customerIndex takes them. */
  customers: Customer[];
  dealsOf: DealsOf;
}

/** Reads all deals that are not deleted, with their customers. */
export async function readCustomers(engine: Engine, baseCurrency: string): Promise<CustomersOfDeals> {
  await engine.run(MATCH_DEAL);
  await engine.run(matchWord(baseCurrency));
  const customers = await readNames(engine);
  const words = (await engine.columns("select word from match_word order by code"))["word"] as string[];
  const countries = words.map(countryForm);
  const {id, customer, country, currency, amount, startedOn, closesOn, closedOn} = await readDeals(
    engine,
    baseCurrency
  );
  const products = await readProducts(engine, id.length);
  const partners = await readPartners(engine, id.length);
  await engine.run("drop table match_deal; drop table match_word");
  const starts = startsOf(customer, customers.length);
  return {
    customers,
    dealsOf: (asked) => {
      const deals = [];
      for (let deal = starts[asked]!; deal < starts[asked + 1]!; deal++)
        deals.push({
          id: id[deal]!,
          ...customers[asked]!,
          country: country[deal]! < 0 ? null : countries[country[deal]!]!,
          products: products[deal] ?? NONE,
          amount: told(amount[deal]!),
          currency: words[currency[deal]!]!,
          startedOn: told(startedOn[deal]!),
          closesOn: told(closesOn[deal]!),
          closedOn: told(closedOn[deal]!),
          partnerIds: partners[deal] ?? NONE
        });
      return deals;
    }
  };
}

const NONE: readonly string[] = [];

/** Deals by number: customer by customer, those of a customer by their ids. */
const MATCH_DEAL = `
  create or replace temp table match_deal as
  select *, cast(row_number() over (order by customer, deal_id) - 1 as integer) as deal
  from (
    select
      deal.deal_id,
      coalesce(account.name, deal.name) as name,
      account.domain,
      cast(dense_rank() over (order by coalesce(account.name, deal.name), account.domain) - 1 as integer) as customer,
      account.country
    from source.deal as deal
    left join source.account as account on account.account_id = deal.account_id
    where not coalesce(deal.is_deleted, false)
  ) as ranked`;

/** Countries and currencies by number: few words for a million deals. */
const matchWord = (baseCurrency: string) => `
  create or replace temp table match_word as
  select word, cast(row_number() over (order by word) - 1 as integer) as code
  from (
    select country as word from source.account where country is not null
    union
    select currency as word from source.deal where currency is not null
    union
    select ${literal(baseCurrency)} as word
  ) as spelled`;

async function readNames(engine: Engine): Promise<Customer[]> {
  const {name, domain} = await engine.columns(
    "select min(name) as name, min(domain) as domain from match_deal group by customer order by customer"
  );
  return (name as (string | null)[]).map((each, i) =>
    customerOf({name: each, domain: domain![i] as string | null})
  );
}

interface DealColumns {
  id: string[];
  customer: Int32Array;
  /** Number of the word; -1 for none. */
  country: Int32Array;
  currency: Int32Array;
  /** NaN where nothing is said, as for the days. */
  amount: Float64Array;
  startedOn: Float64Array;
  closesOn: Float64Array;
  closedOn: Float64Array;
}

async function readDeals(engine: Engine, baseCurrency: string): Promise<DealColumns> {
  const number = (sql: string) => `coalesce(cast(${sql} as double), 'nan')`;
  const read = await engine.columns(`
    select
      match_deal.deal_id,
      match_deal.customer,
      coalesce(country.code, -1) as country,
      currency.code as currency,
      ${number("deal.amount")} as amount,
      ${number("epoch(deal.created_at) / 86400")} as started_on,
      ${number("epoch(cast(deal.close_on as timestamp)) / 86400")} as closes_on,
      ${number("epoch(deal.closed_at) / 86400")} as closed_on
    from match_deal
    inner join source.deal as deal on deal.deal_id = match_deal.deal_id
    left join match_word as country on country.word = match_deal.country
    left join match_word as currency on currency.word = coalesce(deal.currency, ${literal(baseCurrency)})
    order by match_deal.deal`);
  const integers = (name: string) => Int32Array.from(read[name] as number[]);
  const doubles = (name: string) => Float64Array.from(read[name] as number[]);
  return {
    id: read["deal_id"] as string[],
    customer: integers("customer"),
    country: integers("country"),
    currency: integers("currency"),
    amount: doubles("amount"),
    startedOn: doubles("started_on"),
    closesOn: doubles("closes_on"),
    closedOn: doubles("closed_on")
  };
}

/** By deal: the matching forms of its products' names and families. */
async function readProducts(engine: Engine, nDeals: number): Promise<(readonly string[] | undefined)[]> {
  const products = await engine.rows<{name: string | null; family: string | null}>(
    "select name, family from source.product order by product_id"
  );
  const forms = products.map(({name, family}) =>
    [name, family].filter((text) => text !== null).map((text) => matchingForm(text))
  );
  const {deal, product} = await engine.columns(`
    select distinct match_deal.deal, listed.product
    from source.deal_line as line
    inner join match_deal on match_deal.deal_id = line.deal_id
    inner join (
      select product_id, cast(row_number() over (order by product_id) - 1 as integer) as product from source.product
    ) as listed on listed.product_id = line.product_id
    order by deal, product`);
  return together(nDeals, deal as number[], product as number[], (index) => forms[index]!);
}

/** By deal: the partners that the CRM has on it. */
async function readPartners(engine: Engine, nDeals: number): Promise<(readonly string[] | undefined)[]> {
  const ids = (await engine.columns("select distinct partner_id as id from source.deal_partner order by id"))[
    "id"
  ] as string[];
  const {deal, partner} = await engine.columns(`
    select distinct match_deal.deal, listed.partner
    from source.deal_partner as relation
    inner join match_deal on match_deal.deal_id = relation.deal_id
    inner join (
      select partner_id, cast(row_number() over (order by partner_id) - 1 as integer) as partner
      from (select distinct partner_id from source.deal_partner) as named
    ) as listed on listed.partner_id = relation.partner_id
    order by deal, partner`);
  return together(nDeals, deal as number[], partner as number[], (index) => [ids[index]!]);
}

/** The texts of each deal's things, given in the order of deals; deals with the same things share one list. */
function together(
  nDeals: number,
  deals: readonly number[],
  things: readonly number[],
  textsOf: (thing: number) => readonly string[]
): (readonly string[] | undefined)[] {
  const lists = new Map<string, readonly string[]>();
  const byDeal = new Array<readonly string[] | undefined>(nDeals).fill(undefined);
  for (let from = 0, to = 0; from < deals.length; from = to) {
    while (to < deals.length && deals[to] === deals[from]) to++;
    const own = things.slice(from, to);
    const key = own.join();
    let list = lists.get(key);
    if (!list) {
      list = [...new Set(own.flatMap(textsOf))];
      lists.set(key, list);
    }
    byDeal[deals[from]!] = list;
  }
  return byDeal;
}

/** Where each customer's deals begin among the sorted deals; one more for the end. */
function startsOf(customer: Int32Array, nCustomers: number): Int32Array {
  const starts = new Int32Array(nCustomers + 1);
  for (const each of customer) starts[each + 1]!++;
  for (let i = 0; i < nCustomers; i++) starts[i + 1]! += starts[i]!;
  return starts;
}

function told(number: number): number | null {
  return Number.isNaN(number) ? null : number;
}
