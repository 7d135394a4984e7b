/** One partner's comparison with its peers, worked out in the whole firm's warehouse, into the database of that partner's site. */
import {type ComparedPartner, comparePeers} from "../../../src/slices/partners/compare/comparePeers.ts";
import {createTable} from "../../engine/createTable.ts";
import type {Engine} from "../../engine/engine.ts";
import {PEER_COLUMNS} from "../../warehouse/peerTable.ts";
import {isOfOnePartner} from "../../workspace/audienceSchema.ts";
import type {Allowed} from "../allowedColumns.ts";
import {type Pseudonyms, partnerIdOf} from "../pseudonyms.ts";
import {ownPartners, type PublishedSite} from "../publishedSites.ts";
import {allowedGroupWords, allowedMeasures} from "./allowedMeasures.ts";
import {type CountedPartners, partnerCounts} from "./partnerCounts.ts";

/** The page that shows it. */
const PAGE = "compare";

/**
 * Fills `site.workspace.peer_comparison` of the attached database: one row a figure of the one partner whose site it is, and nothing of any
 * other but what the rules of disclosure.ts let a group tell. Left empty where the site has not the page.
 * @param ids by which the site's pseudonyms are made
 */
export async function carryPeers(
  firm: Engine,
  site: PublishedSite,
  allowed: Allowed,
  ids: Pseudonyms
): Promise<void> {
  const isAsked = site.audience.pages.includes(PAGE) && isOfOnePartner(site.audience);
  // Deals of no partner are nobody's to compare.
  const [partner] = isAsked ? ownPartners(site) : [];
  const rows = partner === undefined ? [] : await rowsOf(firm, partner, allowed, ids);
  await createTable(firm, "site.workspace.peer_comparison", PEER_COLUMNS, rows);
}

async function rowsOf(
  firm: Engine,
  partner: string,
  allowed: Allowed,
  ids: Pseudonyms
): Promise<(string | number | null)[][]> {
  const {from, to, partners} = await comparedPartners(firm);
  const found = partners.find(({partnerId}) => partnerId === partner);
  if (!found) return [];
  const told = new Set<string>(allowedMeasures(allowed));
  const own = [partnerIdOf(partner, ids), allowedGroupWords(found.group, allowed), found.group.n, from, to];
  return found.measures
    .filter(({key}) => told.has(key))
    .map(({key: measure, n, raw, value, lo, hi, verdict, peers}) => [
      ...[...own, measure, n, raw, value, lo, hi, verdict],
      ...[peers?.n ?? null, peers?.median ?? null, peers?.lo ?? null, peers?.hi ?? null]
    ]);
}

type Compared = Pick<CountedPartners, "from" | "to"> & {partners: ComparedPartner[]};

/** Of one publication all sites tell of the same comparison. */
const made = new WeakMap<Engine, Promise<Compared>>();

function comparedPartners(firm: Engine): Promise<Compared> {
  const known = made.get(firm) ?? compare(firm);
  made.set(firm, known);
  return known;
}

async function compare(firm: Engine): Promise<Compared> {
  const {from, to, tiers, partners} = await partnerCounts(firm, "firm.");
  return {from, to, partners: comparePeers(partners, tiers)};
}
