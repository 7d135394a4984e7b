/** What the source tables say of a business, in the forms that are compared. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {matchingForm} from "../sources/matchingForm.ts";
import type {RegistrationRef} from "./assignMatches.ts";
import {coreDomain, coreName} from "./coreName.ts";
import {countryForm} from "./countryCode.ts";
import type {Customer} from "./customerIndex.ts";
import {readTexts} from "./readTexts.ts";
import type {Business} from "./scorePair.ts";

/** Registrations as they refer to partners and deals, by id, and what they say of the business. */
export interface Registrations {
  refs: RegistrationRef[];
  /** Those that neither a decision nor an id of their own has settled. */
  businesses(settled: ReadonlySet<string>): Promise<Business[]>;
}

/** Reads source.registration, in the order of ids. */
export async function readRegistrations(engine: Engine, baseCurrency: string): Promise<Registrations> {
  const relation = `(select *, row_number() over (order by registration_id) - 1 as n,
      coalesce(currency, ${literal(baseCurrency)}) as told_in from source.registration)`;
  const texts = (...columns: string[]) => readTexts(engine, relation, "n", columns);
  const [ids, partners, deals] = await texts("registration_id", "partner_id", "deal_id");
  const refs = ids!.map((id, i) => ({id: id!, partnerId: partners![i]!, statedDealId: deals![i]!}));
  return {
    refs,
    async businesses(settled) {
      const [names, domains] = await texts("end_customer_name", "end_customer_domain");
      const [countries, products, currencies] = await texts("country", "product", "told_in");
      const numbers = await engine.numbers(`
        select
          estimated_amount as amount,
          epoch(submitted_at) / 86400 as started_on,
          epoch(cast(expected_close_on as timestamp)) / 86400 as closes_on
        from ${relation} order by n`);
      const country = remembering(countryForm);
      const product = remembering(matchingForm);
      return refs.flatMap(({id, partnerId}, i): Business[] =>
        settled.has(id)
          ? []
          : [
              {
                id,
                ...customerOf({name: names![i]!, domain: domains![i]!}),
                country: country(countries![i]!),
                products: [product(products![i]!)].filter((form) => form !== null),
                amount: told(numbers["amount"]![i]!),
                currency: currencies![i]!,
                startedOn: told(numbers["started_on"]![i]!),
                closesOn: told(numbers["closes_on"]![i]!),
                closedOn: null,
                partnerIds: partnerId === null ? [] : [partnerId]
              }
            ]
      );
    }
  };
}

/** A number as `numbers` of the engine gives it; null for NaN. */
export function told(number: number): number | null {
  return Number.isNaN(number) ? null : number;
}

/** The same form of few different texts, made once each. */
function remembering(form: (text: string) => string): (text: string | null) => string | null {
  const known = new Map<string, string>();
  return (text) => {
    if (text === null) return null;
    let found = known.get(text);
    if (found === undefined) {
      found = form(text);
      known.set(text, found);
    }
    return found;
  };
}

/** The core forms of a customer's name and domain. */
export function customerOf({name, domain}: {name: string | null; domain: string | null}): Customer {
  return {name: name === null ? null : coreName(name), domain: coreDomain(domain)};
}
