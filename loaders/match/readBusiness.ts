/** What the source tables say of a business, in the forms that are compared. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {matchingForm} from "../sources/matchingForm.ts";
import {coreDomain, coreName} from "./coreName.ts";
import type {Customer} from "./customerIndex.ts";
import type {Business} from "./scorePair.ts";

/** The registrations that neither a decision nor an id of their own has settled, by id. */
export async function readRegistrations(
  engine: Engine,
  baseCurrency: string,
  settled: ReadonlySet<string>
): Promise<Business[]> {
  const read = await engine.columns(`
    select
      registration_id as id,
      end_customer_name as name,
      end_customer_domain as domain,
      country,
      product,
      cast(estimated_amount as double) as amount,
      coalesce(currency, ${literal(baseCurrency)}) as currency,
      epoch(submitted_at) / 86400 as started_on,
      epoch(cast(expected_close_on as timestamp)) / 86400 as closes_on,
      partner_id
    from source.registration
    order by id`);
  const texts = (name: string) => read[name] as (string | null)[];
  const numbers = (name: string) => read[name] as (number | null)[];
  const [names, domains, countries] = [texts("name"), texts("domain"), texts("country")];
  const [products, partners, currencies] = [texts("product"), texts("partner_id"), texts("currency")];
  const [amounts, startedOn, closesOn] = [numbers("amount"), numbers("started_on"), numbers("closes_on")];
  return (read["id"] as string[]).flatMap((id, i): Business[] =>
    settled.has(id)
      ? []
      : [
          {
            id,
            ...customerOf({name: names[i]!, domain: domains[i]!}),
            country: countries[i] === null ? null : countryForm(countries[i]!),
            products: products[i] === null ? [] : [matchingForm(products[i]!)],
            amount: amounts[i]!,
            currency: currencies[i]!,
            startedOn: startedOn[i]!,
            closesOn: closesOn[i]!,
            closedOn: null,
            partnerIds: partners[i] === null ? [] : [partners[i]!]
          }
        ]
  );
}

/** The core forms of a customer's name and domain. */
export function customerOf({name, domain}: {name: string | null; domain: string | null}): Customer {
  return {name: name === null ? null : coreName(name), domain: coreDomain(domain)};
}

const REGION_NAMES = new Intl.DisplayNames(["en"], {type: "region"});

/** Codes become names, so that "DE" and "Germany" agree; another spelling stays as it is. */
export function countryForm(country: string): string {
  const code = country.trim().toUpperCase();
  const name = /^[A-Z]{2}$/.test(code) ? REGION_NAMES.of(code) : undefined;
  return matchingForm(name ?? country);
}
