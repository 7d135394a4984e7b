/** The sites that the audiences of workspace.yaml come to, their slices' values looked up in the firm's warehouse. */
import type {Engine} from "../engine/engine.ts";
import {identifier, literal} from "../engine/sqlText.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import type {Audience} from "../workspace/audienceSchema.ts";
import {unknownName} from "../workspace/unknownName.ts";

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
  title: string;
  filters: readonly RowFilter[];
  /** Which deals it holds, as a page says it; null for all. */
  rowsWords: string | null;
}

/** A value of `each` that gets no site, and why. */
export interface LeftOut {
  key: string;
  value: string;
  why: string;
}

const NONE = "(none)";

/**
 * All sites of the audiences, in their order. `each` gives one to each value that has deals.
 * @throws {WeirError} exit 2 when `rows` names a value that no deal has
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
    for (const [slice, values] of Object.entries(audience.rows ?? {})) {
      const known = await valuesOf(engine, slice);
      for (const value of values.filter((value) => !known.some(({name}) => name === value)))
        problems.push({
          file,
          field: `audiences.${key}.rows.${slice}`,
          ...unknownName(
            `value of ${slice}`,
            value,
            known.map(({name}) => name)
          )
        });
      filters.push({slice, values: known.filter(({name}) => values.includes(name)).map(({id}) => id)});
      words.push(`${slice.replace(/^x_/, "").replaceAll("_", " ")} ${values.join(" or ")}`);
    }
    const site = {key, audience, filters};
    const inWords = (all: readonly string[]) => (all.length === 0 ? null : `deals of ${all.join(", ")}`);
    if (audience.each === undefined) {
      sites.push({...site, value: null, title: audience.title, rowsWords: inWords(words)});
      continue;
    }
    const slice = audience.each;
    for (const {id, name, n} of await valuesOf(engine, slice)) {
      if (id === NONE) continue;
      if (n === 0) {
        leftOut.push({key, value: name, why: `no deal of this ${slice.replaceAll("_", " ")}`});
        continue;
      }
      sites.push({
        ...site,
        value: id,
        title: `${audience.title}: ${name}`,
        filters: [...filters, {slice, values: [id]}],
        rowsWords: inWords([...words, `${slice.replace(/^x_/, "").replaceAll("_", " ")} ${name}`])
      });
    }
  }
  if (problems.length > 0)
    throw new WeirError("audiences do not fit the exports", {exitCode: EXIT.config, problems});
  return {sites, leftOut};
}

/** The values of a slice among the firm's deals, with how many have it; of partners all, by id, for two may have one name. */
async function valuesOf(engine: Engine, slice: string): Promise<{id: string; name: string; n: number}[]> {
  const rows =
    slice === "partner"
      ? await engine.rows<{id: string; name: string; n: number}>(`
          select partner.partner_id as id, partner.partner as name, count(distinct part.deal_id)::integer as n
          from marts.partners as partner left join marts.deal_partners as part using (partner_id)
          group by 1, 2 order by 2, 1`)
      : await engine.rows<{id: string; name: string; n: number}>(`
          select coalesce(${identifier(slice)}::varchar, ${literal(NONE)}) as id, id as name, count(*)::integer as n
          from marts.deals group by 1 order by 1`);
  return slice === "partner" ? [...rows, {id: NONE, name: NONE, n: 0}] : rows;
}

/** The ids of the partners whose own site it is; empty for one inside the firm. */
export function ownPartners({filters}: Pick<PublishedSite, "filters">): string[] {
  const lists = filters.filter(({slice}) => slice === "partner").map(({values}) => values);
  const [first, ...rest] = lists;
  return (first ?? []).filter((id) => id !== NONE && rest.every((values) => values.includes(id)));
}

/** The condition by which the deals of a schema of marts (alias deal) are a site's. */
export function keptSql({filters}: Pick<PublishedSite, "filters">, marts = "firm.marts"): string {
  return filters
    .map(({slice, values}) => {
      const list = values.map(literal).join(", ");
      if (slice !== "partner")
        return `coalesce(deal.${identifier(slice)}::varchar, ${literal(NONE)}) in (${list})`;
      const part = `select 1 from ${marts}.deal_partners as part where part.deal_id = deal.deal_id`;
      return `(exists (${part} and part.partner_id in (${list}))${values.includes(NONE) ? ` or not exists (${part})` : ""})`;
    })
    .join(" and ");
}
