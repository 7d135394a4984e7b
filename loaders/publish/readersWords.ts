/** What a site says to its readers of itself: they know its partners by the name alone, whoever else has it, and by no address. */
import type {Allowed} from "./allowedColumns.ts";
import {isAddress, type Pseudonyms, partnerIdOf} from "./pseudonyms.ts";
import {type PublishedSite, sliceWords} from "./publishedSites.ts";

export interface ReadersWords {
  title: string;
  /** Which deals it holds: "deals of partner Acme"; null for all. "registrations of partner Acme" where it has no deal. */
  rowsWords: string | null;
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
  const words = filters.map(({slice, values}) => `${sliceWords(slice)} ${values.map(called).join(" or ")}`);
  return {
    title: value === null ? audience.title : `${audience.title}: ${called(value)}`,
    rowsWords:
      words.length === 0 ? null : `${withoutPages ? "registrations" : "deals"} of ${words.join(", ")}`
  };
}
