/** What the source tables say of a business, in the forms that are compared. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {matchingForm} from "../sources/matchingForm.ts";
import {coreDomain, coreName} from "./coreName.ts";
import type {Customer} from "./customerIndex.ts";
import type {Business} from "./scorePair.ts";

/** What two systems may say of a business, beside the customer's name and domain. */
interface BusinessRow {
  id: string;
  country: string | null;
  products: string[] | null;
  amount: number | null;
  currency: string | null;
  started_on: number | null;
  closes_on: number | null;
  closed_on: number | null;
  partner_ids: string[] | null;
}

/** The registrations that neither a decision nor an id of their own has settled, by id. */
export async function readRegistrations(
  engine: Engine,
  baseCurrency: string,
  settled: ReadonlySet<string>
): Promise<Business[]> {
  const rows = await engine.rows<BusinessRow & {name: string | null; domain: string | null}>(`
    select
      registration_id as id,
      end_customer_name as name,
      end_customer_domain as domain,
      country,
      case when product is not null then [product] end as products,
      cast(estimated_amount as double) as amount,
      coalesce(currency, ${literal(baseCurrency)}) as currency,
      epoch(submitted_at) / 86400 as started_on,
      epoch(cast(expected_close_on as timestamp)) / 86400 as closes_on,
      null as closed_on,
      case when partner_id is not null then [partner_id] end as partner_ids
    from source.registration
    order by id`);
  return rows.filter(({id}) => !settled.has(id)).map((row) => business(row, customerOf(row)));
}

/** The core forms of a customer's name and domain. */
export function customerOf({name, domain}: {name: string | null; domain: string | null}): Customer {
  return {name: name === null ? null : coreName(name), domain: coreDomain(domain)};
}

function business(row: BusinessRow, {name, domain}: Customer): Business {
  return {
    id: row.id,
    name,
    domain,
    country: row.country === null ? null : countryForm(row.country),
    products: (row.products ?? []).map(matchingForm),
    amount: row.amount,
    currency: row.currency,
    startedOn: row.started_on,
    closesOn: row.closes_on,
    closedOn: row.closed_on,
    partnerIds: row.partner_ids ?? []
  };
}

const REGION_NAMES = new Intl.DisplayNames(["en"], {type: "region"});

/** Codes become names, so that "DE" and "Germany" agree; another spelling stays as it is. */
export function countryForm(country: string): string {
  const code = country.trim().toUpperCase();
  const name = /^[A-Z]{2}$/.test(code) ? REGION_NAMES.of(code) : undefined;
  return matchingForm(name ?? country);
}
