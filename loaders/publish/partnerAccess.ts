/**
 * Which deals a partner's own site may hold. For a figure a likely match of names is evidence; to show a deal to another firm it is not:
 * two customers of like names would show one partner a rival's deal, and no scan could tell.
 */
import type {PublishedSite} from "./publishedSites.ts";

/** SQL of the states of a registration that was approved, whatever came of it later. */
export const APPROVED_STATES = "('approved', 'expired', 'converted')";

/**
 * SQL of one row a partner's part in a deal: deal_id, partner_id, is_stated (the CRM has the partner on it, the portal or a meeting names the
 * deal's id, or a person decided so in matches.yaml) and is_likely (only names were matched). A registration gives access only where its
 * status is read as approved; a word that is not known gives none.
 * @param database in which the firm's built warehouse is: `firm.`, or empty where it is the engine's own
 */
export function partnerAccess(database: string): string {
  const registered = (basis: string) => `exists (
    select 1 from ${database}intermediate.int_registration as told
    where told.deal_id = part.deal_id and told.partner_id = part.partner_id
      and told.state in ${APPROVED_STATES} and told.match_basis ${basis})`;
  const met = (is: string) => `exists (
    select 1 from ${database}intermediate.int_partner_event as told
    where told.deal_id = part.deal_id and told.partner_id = part.partner_id
      and told.kind = 'co_sell' and told.standing = 'counts' and ${is})`;
  return `(
    select
      part.deal_id,
      part.partner_id,
      exists (
        select 1 from ${database}source.deal_partner as told, ${database}workspace.run as run
        where told.deal_id = part.deal_id and told.partner_id = part.partner_id
          and (told.since_at is null or told.since_at < run.as_of_ends_at)
      ) or ${registered("in ('stated id', 'decision')")} or ${met("not told.is_matched_by_customer")} as is_stated,
      ${registered("= 'score'")} or ${met("told.is_matched_by_customer")} as is_likely
    from ${database}marts.deal_partners as part
  )`;
}

/** What is said of a site whose partner has deals by likely matches alone; null where there are none. */
export function likelyWords({nLikely, title, audience}: PublishedSite): string | null {
  if (nLikely === 0) return null;
  const deals = nLikely === 1 ? "1 deal is" : `${nLikely} deals are`;
  return audience.likely_matches
    ? `${title}: ${deals} the partner's by a match of names alone, and published (likely_matches)`
    : `${title}: ${deals} the partner's by a match of names alone, and left out: decide in matches.yaml, or set likely_matches`;
}
