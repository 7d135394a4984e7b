/** The customers of the CRM's deals, and their deals on demand: a million deals need not lie in memory for some to be asked. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {matchingForm} from "../sources/matchingForm.ts";
import type {Customer} from "./customerIndex.ts";
import type {DealsOf} from "./proposeCandidates.ts";
import {countryForm, customerOf} from "./readBusiness.ts";
import type {Business} from "./scorePair.ts";

export interface CustomersOfDeals {
  /** By index, as customerIndex takes them. */
  customers: Customer[];
  dealsOf: DealsOf;
  /** Drops what is kept in the database meanwhile. */
  close(): Promise<void>;
}

/** Reads the customers of all deals that are not deleted. */
export async function openCustomers(engine: Engine, baseCurrency: string): Promise<CustomersOfDeals> {
  await engine.run(`
    create or replace temp table match_deal as
    select
      deal.deal_id,
      cast(dense_rank() over (order by coalesce(account.name, deal.name), account.domain) - 1 as integer) as customer
    from source.deal as deal
    left join source.account as account on account.account_id = deal.account_id
    where not coalesce(deal.is_deleted, false)`);
  const {name, domain} = await engine.columns(`
    select coalesce(account.name, deal.name) as name, account.domain
    from (select customer, min(deal_id) as deal_id from match_deal group by customer) as match_deal
    inner join source.deal as deal on deal.deal_id = match_deal.deal_id
    left join source.account as account on account.account_id = deal.account_id
    order by customer`);
  const customers = (name as (string | null)[]).map((each, i) =>
    customerOf({name: each, domain: domain![i] as string | null})
  );
  const countries = remembering((text) => (text === null ? null : countryForm(text)));
  const productForms = await readProductForms(engine);
  const forms = remembering((text) => [
    ...new Set((text === null ? [] : text.split(SEPARATOR)).flatMap((id) => productForms.get(id) ?? []))
  ]);
  const ids = remembering((text) => (text === null ? [] : text.split(SEPARATOR)));
  return {
    customers,
    dealsOf: async (wanted) => {
      const byCustomer = new Map<number, Business[]>();
      if (wanted.length === 0) return byCustomer;
      const read = await engine.columns(dealsSql(wanted, baseCurrency));
      const column = <T>(name: string) => read[name] as T[];
      const [id, customer, country] = [
        column<string>("id"),
        column<number>("customer"),
        column<string | null>("country")
      ];
      const [products, partners] = [
        column<string | null>("product_ids"),
        column<string | null>("partner_ids")
      ];
      const [amount, currency] = [column<number | null>("amount"), column<string>("currency")];
      const [startedOn, closesOn, closedOn] = ["started_on", "closes_on", "closed_on"].map((name) =>
        column<number | null>(name)
      );
      for (const [i, dealId] of id.entries()) {
        const deal: Business = {
          id: dealId,
          ...customers[customer[i]!]!,
          country: countries(country[i]!),
          products: forms(products[i]!),
          amount: amount[i]!,
          currency: currency[i]!,
          startedOn: startedOn![i]!,
          closesOn: closesOn![i]!,
          closedOn: closedOn![i]!,
          partnerIds: ids(partners[i]!)
        };
        const deals = byCustomer.get(customer[i]!);
        if (deals) deals.push(deal);
        else byCustomer.set(customer[i]!, [deal]);
      }
      return byCustomer;
    },
    close: () => engine.run("drop table match_deal")
  };
}

/** By product: the matching forms of its name and family. */
async function readProductForms(engine: Engine): Promise<Map<string, string[]>> {
  const rows = await engine.rows<{id: string; name: string | null; family: string | null}>(
    "select product_id as id, name, family from source.product"
  );
  return new Map(
    rows.map(({id, name, family}) => [
      id,
      [name, family].filter((text) => text !== null).map((text) => matchingForm(text))
    ])
  );
}

/** Between ids that are read as one text: a unit separator, which no export has in an id. */
const SEPARATOR = "\u001f";

/** The function, asked once for each text: a million deals name few countries and products. */
function remembering<T>(work: (text: string | null) => T): (text: string | null) => T {
  const known = new Map<string | null, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = work(text);
    known.set(text, made);
    return made;
  };
}

const dealsSql = (customers: readonly number[], baseCurrency: string) => `
  with wanted as materialized (
    select deal_id, customer from match_deal
    where customer in (select unnest([${customers.join(", ")}]))
  ),
  product as (
    select deal_id, string_agg(product_id, chr(31)) as product_ids
    from source.deal_line
    where deal_id in (select deal_id from wanted)
    group by deal_id
  ),
  partner as (
    select deal_id, string_agg(partner_id, chr(31)) as partner_ids
    from source.deal_partner
    where deal_id in (select deal_id from wanted)
    group by deal_id
  )
  select
    deal.deal_id as id,
    wanted.customer,
    account.country,
    product.product_ids,
    cast(deal.amount as double) as amount,
    coalesce(deal.currency, ${literal(baseCurrency)}) as currency,
    epoch(deal.created_at) / 86400 as started_on,
    epoch(cast(deal.close_on as timestamp)) / 86400 as closes_on,
    epoch(deal.closed_at) / 86400 as closed_on,
    partner.partner_ids
  from wanted
  inner join source.deal as deal on deal.deal_id = wanted.deal_id
  left join source.account as account on account.account_id = deal.account_id
  left join product on product.deal_id = deal.deal_id
  left join partner on partner.deal_id = deal.deal_id
  order by id`;
