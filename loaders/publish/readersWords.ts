/**
 * What a site says to its readers of itself: they know its partners by the name alone, whoever else has it, and by no address; of a slice
 * whose values are hidden they are told that it is there, not which of them.
 */
import type {Allowed} from "./allowedColumns.ts";
import {isAddress, type Pseudonyms, partnerIdOf} from "./pseudonyms.ts";
import {type PublishedSite, type RowFilter, sliceWords} from "./publishedSites.ts";
import {type ColumnName, hiddenColumns} from "./sameFacts.ts";

export interface ReadersWords {
  title: string;
  /** Which deals it holds: "deals of partner Acme"; null for all. "registrations of partner Acme" where it has no deal. */
  rowsWords: string | null;
}

/** What the values of a slice are read from; any of them hidden, the value is. Partners are told by their id where the name is hidden. */
const SAID_BY: Readonly<Record<string, readonly ColumnName[]>> = {
  channel: ["deal_partner.partner_id"],
  region: ["account.region", "person.region"],
  team: ["person.team"],
  owner: ["person.name", "deal.owner_id"],
  segment: ["account.segment"],
  industry: ["account.industry"],
  product_family: ["product.family"],
  product: ["product.name", "deal_line.product_id"],
  deal_type: ["deal.deal_type"],
  lead_source: ["deal.lead_source"],
  campaign: ["campaign.name", "deal.campaign_id"],
  pipeline: ["deal.pipeline_id"]
};

/** Whether readers are not to know which value of a slice a site is of. */
export function isHiddenSlice(slice: string, audience: PublishedSite["audience"]): boolean {
  const hidden = hiddenColumns(audience);
  return (SAID_BY[slice] ?? [`deal.${slice}`]).some((column) => hidden.includes(column));
}

/** Texts that a site says of itself on purpose: the title as workspace.yaml has it, and the values of rows that are not hidden. */
export function saidOnPurpose({
  audience,
  filters,
  names = {}
}: Pick<PublishedSite, "audience" | "filters" | "names">): string[] {
  const values = filters.flatMap(({slice, values}) =>
    slice === "partner" || isHiddenSlice(slice, audience) ? [] : values
  );
  const isNamed = !hiddenColumns(audience).includes("partner.name");
  return [audience.title, ...values, ...(isNamed ? Object.values(names) : [])];
}

/** @param ids by which the site's pseudonyms are made */
export function readersWords(
  {
    audience,
    value,
    filters,
    names = {},
    withoutPages
  }: Pick<PublishedSite, "audience" | "value" | "filters" | "names" | "withoutPages">,
  ids: Pseudonyms,
  allowed: Allowed
): ReadersWords {
  const isNamed = allowed.get("partner")!.has("name");
  const called = (id: string) => {
    // An id may be a word that every object has: "constructor".
    const name = Object.hasOwn(names, id) ? names[id] : undefined;
    return isNamed && name !== undefined && !isAddress(name) ? name : partnerIdOf(id, ids);
  };
  const words = filters.map(({slice, values}: RowFilter) =>
    isHiddenSlice(slice, audience)
      ? `some by ${sliceWords(slice)}`
      : `${sliceWords(slice)} ${values.map(called).join(" or ")}`
  );
  const isUnsaid = value === null || (audience.each !== undefined && isHiddenSlice(audience.each, audience));
  return {
    title: isUnsaid ? audience.title : `${audience.title}: ${called(value)}`,
    rowsWords:
      words.length === 0 ? null : `${withoutPages ? "registrations" : "deals"} of ${words.join(", ")}`
  };
}
