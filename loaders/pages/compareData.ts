/** What How you compare draws from: of a partner's own site the carried table, else every partner, as its site would tell it. */
import {
  type CompareData,
  type ComparedMeasure,
  comparePeers,
  type Verdict
} from "../../src/slices/partners/compare/comparePeers.ts";
import type {MeasureKey} from "../../src/slices/partners/compare/measures.ts";
import type {Engine} from "../engine/engine.ts";
import {partnerCounts} from "../publish/peers/partnerCounts.ts";

interface CarriedRow {
  partner_id: string;
  partner: string | null;
  group_words: string;
  n_group: number;
  from_on: string;
  to_on: string;
  measure: MeasureKey;
  n: number;
  raw: number | null;
  value: number | null;
  lo: number | null;
  hi: number | null;
  verdict: Verdict | null;
  n_peers: number | null;
  peers_median: number | null;
  peers_lo: number | null;
  peers_hi: number | null;
}

/** Null where a site holds some deals, and nothing was carried: its partner has nothing to compare. */
export async function compareData(engine: Engine): Promise<CompareData | null> {
  const [audience] = await engine.rows<{is_restricted: boolean}>(
    "select is_restricted from workspace.audience"
  );
  if (audience?.is_restricted) return carried(engine);
  const {from, to, tiers, partners} = await partnerCounts(engine);
  return {from, to, partners: comparePeers(partners, tiers)};
}

async function carried(engine: Engine): Promise<CompareData | null> {
  const rows = await engine.rows<CarriedRow>(`
    select carried.*, partner.partner
    from workspace.peer_comparison as carried left join marts.partners as partner using (partner_id)`);
  const [first] = rows;
  if (!first) return null;
  const {partner_id, partner, group_words, n_group, from_on, to_on} = first;
  return {
    from: from_on,
    to: to_on,
    partners: [
      {
        partnerId: partner_id,
        partner: partner ?? partner_id,
        group: {words: group_words, n: n_group},
        measures: rows.map(measureOf)
      }
    ]
  };
}

function measureOf(row: CarriedRow): ComparedMeasure {
  const {measure, n, raw, value, lo, hi, verdict, n_peers, peers_median, peers_lo, peers_hi} = row;
  const peers = n_peers === null ? null : {n: n_peers, median: peers_median!, lo: peers_lo!, hi: peers_hi!};
  return {key: measure, n, raw, value, lo, hi, verdict, peers};
}
