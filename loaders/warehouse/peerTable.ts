/** What a partner's own site holds of its peers: filled by the narrowing (loaders/publish/peers), without a row elsewhere. */
import type {Engine} from "../engine/engine.ts";

/** One row a figure of the partner whose site it is; its group and the two years stand in each. */
export const PEER_COLUMNS =
  "partner_id varchar, group_words varchar, n_group integer, from_on varchar, to_on varchar, measure varchar, n integer, raw double, value double, lo double, hi double, verdict varchar, n_peers integer, peers_median double, peers_lo double, peers_hi double";

/** Creates workspace.peer_comparison where the narrowing has not. */
export async function createPeerTable(engine: Engine): Promise<void> {
  await engine.run(`create table if not exists workspace.peer_comparison (${PEER_COLUMNS})`);
}
