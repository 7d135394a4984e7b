/** The sites that the audiences of workspace.yaml come to, their slices' values looked up in the firm's warehouse. */
import type {Engine} from "../engine/engine.ts";
import {identifier, literal} from "../engine/sqlText.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import {type Audience, isOutside} from "../workspace/audienceSchema.ts";
import {unknownName} from "../workspace/unknownName.ts";
import {partnerAccess} from "./partnerAccess.ts";

/** What narrows the rows: deals with one of these values in a slice; of partners, their ids. */
export interface RowFilter {
  slice: string;
  values: readonly string[];
}

export interface PublishedSite {
  /** The audience in workspace.yaml. */
  key: string;
  audience: Audience;
  /** The value that `each` makes this site of: a partner's id, or the slice's own value; null without `each`. */
  value: string | null;
  /** As whoever publishes knows it: of two partners of one name with the id. What readers are told is in readersWords.ts. */
  title: string;
  filters: readonly RowFilter[];
  /** Names of the partners among the filters' values, by id; one that is not in it has none. */
  names?: Readonly<Record<string, string>>;
  /** Which deals it holds, in the words of its title; null for all. Of a partner that has only registered: which registrations. */
  rowsWords: string | null;
  /** Of a partner that has only registered: pages of its audience that are of deals, which it does not get before it has one. */
  withoutPages?: readonly string[];
  /** Deals that are its partners' by likely matches of names alone: left out unless the audience asks for them. 0 inside the firm. */
  nLikely: number;
}

/** A site without what its readers are not told: how many deals were left out is said to who publishes. */
export function audienceOf({nLikely: _, ...site}: PublishedSite): Omit<PublishedSite, "nLikely"> {
  return site;
}

/** A value of `each` that gets no site, and why. */
export interface LeftOut {
  key: string;
  value: string;
  why: string;
}

const NONE = "(none)";

/**
 * All sites of the audiences, in their order. `each` gives one to each value that has deals, and to each partner outside that has registrations.
 * @throws {WeirError} exit 2 when `rows` names a value that no deal has, or a name that several partners have
 */
export async function publishedSites(
  engine: Engine,
  audiences: Readonly<Record<string, Audience>>,
  file: string
): Promise<{sites: PublishedSite[]; leftOut: LeftOut[]}> {
  const sites: PublishedSite[] = [];
  const leftOut: LeftOut[] = [];
  const problems: Problem[] = [];
  for (const [key, audience] of Object.entries(audiences)) {
    const filters: RowFilter[] = [];
    const words: string[] = [];
    const names: Record<string, string> = {};
    for (const [slice, values] of Object.entries(audience.rows ?? {})) {
      const known = await valuesOf(engine, slice, audience);
      const chosen = values.flatMap((value) => {
        const found = named(value, known);
        if (found.length === 1) return found;
        problems.push({
          file,
          field: `audiences.${key}.rows.${slice}`,
          ...(found.length === 0
            ? unknownName(
                `value of ${slice}`,
                value,
                known.map(({name}) => name)
              )
            : {
                what: `${found.length} partners have this name: each is another firm`,
                value,
                expected: `an id: ${found.map(({id}) => id).join(", ")}`,
                fix: "name the partner by its id"
              })
        });
        return [];
      });
      filters.push({slice, values: chosen.map(({id}) => id)});
      Object.assign(names, namesOf(chosen));
      words.push(`${sliceWords(slice)} ${chosen.map(({name}) => name).join(" or ")}`);
    }
    const site = {key, audience, filters, names, nLikely: 0};
    const inWords = (all: readonly string[]) => (all.length === 0 ? null : `deals of ${all.join(", ")}`);
    if (audience.each === undefined) {
      sites.push({...site, value: null, title: audience.title, rowsWords: inWords(words)});
      continue;
    }
    const slice = audience.each;
    const all = await valuesOf(engine, slice, audience);
    for (const each of all) {
      const {id, name, n, n_registrations} = each;
      if (id === NONE) continue;
      // Of two partners of one name the list of sites says which is whose.
      const label = all.filter((other) => other.name === name).length > 1 ? `${name} (${id})` : name;
      // A partner that registers deals looks for what became of them before one is a deal.
      if (n === 0 && !(isOutside(audience) && n_registrations > 0)) {
        const nor = slice === "partner" && isOutside(audience) ? ", and no registration" : "";
        leftOut.push({key, value: label, why: `no deal of this ${sliceWords(slice)}${nor}`});
        continue;
      }
      sites.push({
        ...site,
        value: id,
        title: `${audience.title}: ${label}`,
        filters: [...filters, {slice, values: [id]}],
        names: {...names, ...namesOf([each])},
        rowsWords: inWords([...words, `${sliceWords(slice)} ${label}`])
      });
    }
  }
  if (problems.length > 0)
    throw new WeirError("audiences do not fit the exports", {exitCode: EXIT.config, problems});
  await countLikely(engine, sites);
  return {sites, leftOut};
}

/** The values that are meant: of partners the one of this id, else all of this name. */
function named<T extends {id: string; name: string}>(value: string, known: readonly T[]): T[] {
  const byId = known.filter(({id}) => id === value);
  return byId.length > 0 ? byId : known.filter(({name}) => name === value);
}

/** By id the names of those that have one. */
function namesOf(values: readonly {id: string; name: string}[]): Record<string, string> {
  return Object.fromEntries(values.flatMap(({id, name}) => (name === id ? [] : [[id, name]])));
}

/** "own region" of x_own_region. */
export function sliceWords(slice: string): string {
  return slice.replace(/^x_/, "").replaceAll("_", " ");
}

async function countLikely(engine: Engine, sites: readonly PublishedSite[]): Promise<void> {
  const byPartner = sites.filter((site) => isOutside(site.audience) && ownPartners(site).length > 0);
  if (byPartner.length === 0) return;
  const likely = new Set(
    (
      await engine.rows<{id: string}>(
        `select distinct partner_id as id from ${partnerAccess("")} as part where is_likely and not is_stated`
      )
    ).map(({id}) => id)
  );
  for (const site of byPartner.filter((each) => ownPartners(each).some((id) => likely.has(id)))) {
    const kept = (likely_matches: boolean) =>
      keptSql({...site, audience: {...site.audience, likely_matches}}, "");
    const [row] = await engine.rows<{n: number}>(
      `select count(*)::integer as n from marts.deals as deal where ${kept(true)} and not (${kept(false)})`
    );
    site.nLikely = row!.n;
  }
}

interface SliceValue {
  id: string;
  name: string;
  /** Deals that an audience gets. */
  n: number;
  /** Of a partner. */
  n_registrations: number;
}

/** The values of a slice among the firm's deals, with how many of them an audience gets; of partners all, by id, for two may have one name. */
async function valuesOf(engine: Engine, slice: string, audience: Audience): Promise<SliceValue[]> {
  const rows =
    slice === "partner"
      ? await engine.rows<SliceValue>(`
          select partner.partner_id as id, coalesce(known.called, partner.partner) as name, count(distinct part.deal_id)::integer as n,
            any_value(partner.n_registrations) as n_registrations
          from marts.partners as partner left join ${partsFor(audience, "")} as part using (partner_id)
          left join staging.stg_partner as known using (partner_id)
          group by 1, 2 order by 2, 1`)
      : await engine.rows<SliceValue>(`
          select coalesce(${identifier(slice)}::varchar, ${literal(NONE)}) as id, id as name, count(*)::integer as n, 0 as n_registrations
          from marts.deals group by 1 order by 1`);
  return slice === "partner" ? [...rows, {id: NONE, name: NONE, n: 0, n_registrations: 0}] : rows;
}

/** The ids of the partners whose own site it is; empty for one inside the firm. */
export function ownPartners({filters}: Pick<PublishedSite, "filters">): string[] {
  const lists = filters.filter(({slice}) => slice === "partner").map(({values}) => values);
  const [first, ...rest] = lists;
  return (first ?? []).filter((id) => id !== NONE && rest.every((values) => values.includes(id)));
}

/** Parts of partners in deals that an audience gets: inside the firm all, outside those that are stated. */
function partsFor(audience: Audience, database: string): string {
  if (!isOutside(audience)) return `${database}marts.deal_partners`;
  const which = audience.likely_matches ? "is_stated or is_likely" : "is_stated";
  return `(select deal_id, partner_id from ${partnerAccess(database)} as part where ${which})`;
}

/** The condition by which `marts.deals` (alias deal) of the firm's warehouse keeps a site's deals; `database` as for partnerAccess. */
export function keptSql(
  {filters, audience}: Pick<PublishedSite, "filters" | "audience">,
  database = "firm."
): string {
  return filters
    .map(({slice, values}) => {
      const list = values.map(literal).join(", ");
      if (slice !== "partner")
        return `coalesce(deal.${identifier(slice)}::varchar, ${literal(NONE)}) in (${list})`;
      const parts = `select deal_id from ${partsFor(audience, database)} as part where partner_id in (${list})`;
      // Without a partner is what nobody may have a part in.
      const none = `deal.deal_id not in (select deal_id from ${database}marts.deal_partners)`;
      return `(deal.deal_id in (${parts})${values.includes(NONE) ? ` or ${none}` : ""})`;
    })
    .join(" and ");
}
