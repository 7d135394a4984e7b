/** Shards of a large firm's open deals, so that all of them can be searched. */
import {type FoundDeal, type Shard, shardsOf} from "../../../src/slices/dealSearch.ts";
import type {Engine} from "../../engine/engine.ts";

interface OpenDeal {
  id: string;
  name: string;
  account: string | null;
  owner: string | null;
  cents: number | null;
  stage: string | null;
  close_on: string | null;
}

/** Reads the open deals, the largest first, and deals them out. */
export async function searchShards(engine: Engine): Promise<Map<string, Shard>> {
  const open = await engine.rows<OpenDeal>(`
    select deal_id as id, deal_name as name, account_name as account, owner, stage, close_on::varchar as close_on,
      case when amount_base is not null then cast(open_amount * 100 as double) end as cents
    from marts.deals where n_open = 1 order by open_amount desc, deal_id`);
  return shardsOf(
    open.map(
      ({id, name, account, owner, cents, stage, close_on}): FoundDeal => [
        ...([id, name, account, owner] as const),
        ...([cents === null ? null : Math.round(cents), stage, close_on] as const)
      ]
    )
  );
}
