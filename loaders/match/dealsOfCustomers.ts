/** The customers of the CRM's deals, and their deals as numbers in flat arrays: a million of them take a tenth of a gigabyte. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {matchingForm} from "../sources/matchingForm.ts";
import {countryForm} from "./countryCode.ts";
import type {Customer} from "./customerIndex.ts";
import type {DealsOf} from "./proposeCandidates.ts";
import {customerOf, told} from "./readBusiness.ts";
import {readTexts} from "./readTexts.ts";
import type {Business} from "./scorePair.ts";

export interface CustomersOfDeals {
  /** By index, as customerIndex takes them. */
  customers: Customer[];
  dealsOf: DealsOf;
}

/** Reads all deals that are not deleted, with their customers. */
export async function readCustomers(engine: Engine, baseCurrency: string): Promise<CustomersOfDeals> {
  await engine.run(MATCH_CUSTOMER);
  await engine.run(matchWord(baseCurrency));
  await engine.run(matchDeal(baseCurrency));
  const [names, domains] = await readTexts(engine, "match_customer", "customer", ["name", "domain"]);
  const customers = names!.map((name, index) => customerOf({name, domain: domains![index]!}));
  const words = (await readTexts(engine, "match_word", "code", ["word"]))[0] as string[];
  const countries = words.map(countryForm);
  const id = (await readTexts(engine, "match_deal", "deal", ["deal_id"]))[0] as string[];
  const numbers = await engine.numbers("select * exclude (deal_id, deal) from match_deal order by deal");
  const products = await readProducts(engine, id.length);
  const partners = await readPartners(engine, id.length);
  await engine.run("drop table match_deal; drop table match_word; drop table match_customer");
  const [country, currency] = [numbers["country"]!, numbers["currency"]!];
  const [amount, startedOn] = [numbers["amount"]!, numbers["started_on"]!];
  const [closesOn, closedOn] = [numbers["closes_on"]!, numbers["closed_on"]!];
  const days = {startedOn, closesOn, closedOn};
  const table: DealTable = {id, words, countries, country, currency, amount, ...days, products, partners};
  const starts = startsOf(numbers["customer"]!, customers.length);
  return {
    customers,
    dealsOf: (asked) => {
      const deals: Business[] = [];
      for (let deal = starts[asked]!; deal < starts[asked + 1]!; deal++)
        deals.push(new ToldDeal(table, deal, customers[asked]!));
      return deals;
    }
  };
}

/** All deals, by number. */
interface DealTable {
  id: readonly string[];
  /** Countries by the number of their word; NaN for none, as for the amount and days. */
  country: Float64Array;
  currency: Float64Array;
  amount: Float64Array;
  startedOn: Float64Array;
  closesOn: Float64Array;
  closedOn: Float64Array;
  words: readonly string[];
  countries: readonly string[];
  products: readonly (readonly string[] | undefined)[];
  partners: readonly (readonly string[] | undefined)[];
}

/** A deal that is looked up when it is asked: most are never asked for all they say. */
class ToldDeal implements Business {
  readonly #table: DealTable;
  readonly #deal: number;
  readonly #customer: Customer;

  constructor(table: DealTable, deal: number, customer: Customer) {
    this.#table = table;
    this.#deal = deal;
    this.#customer = customer;
  }

  get id(): string {
    return this.#table.id[this.#deal]!;
  }

  get name(): string | null {
    return this.#customer.name;
  }

  get domain(): string | null {
    return this.#customer.domain;
  }

  get country(): string | null {
    const code = told(this.#table.country[this.#deal]!);
    return code === null ? null : this.#table.countries[code]!;
  }

  get products(): readonly string[] {
    return this.#table.products[this.#deal] ?? NONE;
  }

  get amount(): number | null {
    return told(this.#table.amount[this.#deal]!);
  }

  get currency(): string {
    return this.#table.words[this.#table.currency[this.#deal]!]!;
  }

  get startedOn(): number | null {
    return told(this.#table.startedOn[this.#deal]!);
  }

  get closesOn(): number | null {
    return told(this.#table.closesOn[this.#deal]!);
  }

  get closedOn(): number | null {
    return told(this.#table.closedOn[this.#deal]!);
  }

  get partnerIds(): readonly string[] {
    return this.#table.partners[this.#deal] ?? NONE;
  }
}

const NONE: readonly string[] = [];

/** Customers by number, in the order of their names. */
const MATCH_CUSTOMER = `
  create or replace temp table match_customer as
  select name, domain, row_number() over (order by name, domain) - 1 as customer
  from (
    select distinct coalesce(account.name, deal.name) as name, account.domain
    from source.deal as deal
    left join source.account as account on account.account_id = deal.account_id
    where not coalesce(deal.is_deleted, false)
  ) as told`;

/** Countries and currencies by number: few words for a million deals. */
const matchWord = (baseCurrency: string) => `
  create or replace temp table match_word as
  select word, row_number() over (order by word) - 1 as code
  from (
    select country as word from source.account where country is not null
    union
    select currency as word from source.deal where currency is not null
    union
    select ${literal(baseCurrency)} as word
  ) as spelled`;

/** Deals by number, customer by customer: those of one lie together in memory. With what they say as numbers. */
const matchDeal = (baseCurrency: string) => `
  create or replace temp table match_deal as
  select
    row_number() over (order by match_customer.customer) - 1 as deal,
    deal.deal_id,
    match_customer.customer,
    country.code as country,
    currency.code as currency,
    deal.amount,
    epoch(deal.created_at) / 86400 as started_on,
    epoch(cast(deal.close_on as timestamp)) / 86400 as closes_on,
    epoch(deal.closed_at) / 86400 as closed_on
  from source.deal as deal
  left join source.account as account on account.account_id = deal.account_id
  inner join match_customer
    on match_customer.name is not distinct from coalesce(account.name, deal.name)
    and match_customer.domain is not distinct from account.domain
  left join match_word as country on country.word = account.country
  left join match_word as currency on currency.word = coalesce(deal.currency, ${literal(baseCurrency)})
  where not coalesce(deal.is_deleted, false)`;

/** By deal: the matching forms of its products' names and families. */
async function readProducts(engine: Engine, nDeals: number): Promise<(readonly string[] | undefined)[]> {
  const products = await engine.rows<{name: string | null; family: string | null}>(
    "select name, family from source.product order by product_id"
  );
  const forms = products.map(({name, family}) =>
    [name, family].filter((text) => text !== null).map((text) => matchingForm(text))
  );
  const {deal, product} = await engine.numbers(`
    select distinct match_deal.deal, listed.product
    from source.deal_line as line
    inner join match_deal on match_deal.deal_id = line.deal_id
    inner join (
      select product_id, cast(row_number() over (order by product_id) - 1 as integer) as product from source.product
    ) as listed on listed.product_id = line.product_id
    order by deal, product`);
  return together(nDeals, deal!, product!, (index) => forms[index]!);
}

/** By deal: the partners that the CRM has on it. */
async function readPartners(engine: Engine, nDeals: number): Promise<(readonly string[] | undefined)[]> {
  const ids = (await engine.columns("select distinct partner_id as id from source.deal_partner order by id"))[
    "id"
  ] as string[];
  const {deal, partner} = await engine.numbers(`
    select distinct match_deal.deal, listed.partner
    from source.deal_partner as relation
    inner join match_deal on match_deal.deal_id = relation.deal_id
    inner join (
      select partner_id, cast(row_number() over (order by partner_id) - 1 as integer) as partner
      from (select distinct partner_id from source.deal_partner) as named
    ) as listed on listed.partner_id = relation.partner_id
    order by deal, partner`);
  return together(nDeals, deal!, partner!, (index) => [ids[index]!]);
}

/** The texts of each deal's things, given in the order of deals; deals with the same things share one list. */
function together(
  nDeals: number,
  deals: Float64Array,
  things: Float64Array,
  textsOf: (thing: number) => readonly string[]
): (readonly string[] | undefined)[] {
  const lists = new Map<string, readonly string[]>();
  const byDeal = new Array<readonly string[] | undefined>(nDeals).fill(undefined);
  for (let from = 0, to = 0; from < deals.length; from = to) {
    while (to < deals.length && deals[to] === deals[from]) to++;
    const own = things.subarray(from, to);
    const key = own.join();
    let list = lists.get(key);
    if (!list) {
      list = [...new Set(Array.from(own).flatMap(textsOf))];
      lists.set(key, list);
    }
    byDeal[deals[from]!] = list;
  }
  return byDeal;
}

/** Where each customer's deals begin; one more for the end. */
function startsOf(customer: Float64Array, nCustomers: number): Uint32Array {
  const starts = new Uint32Array(nCustomers + 1);
  for (const each of customer) starts[each + 1]!++;
  for (let i = 0; i < nCustomers; i++) starts[i + 1]! += starts[i]!;
  return starts;
}
