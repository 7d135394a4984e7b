/** What campaigns caused, by channel and by kind, from the marts. */
import type {CausedDeals} from "../../src/slices/marketing/causedDeals.ts";
import type {Engine} from "../engine/engine.ts";
import {causedDeals, type UnitCampaign} from "../marketing/causedDeals.ts";
import type {Arrival} from "../marketing/exposure.ts";

interface CampaignRow {
  channel: string;
  kind: string;
  from: number;
  to: number;
  cost: number | null;
  region: string | null;
}

const DAY = (sql: string) => `date_diff('day', date '1970-01-01', ${sql})::integer`;
/** Of campaigns without a day: never. */
const NEVER = 2 ** 30;

/**
 * Compares regions week by week for campaigns in the order of `ids`.
 * A customer arrives with the first deal of the account that is no renewal and no expansion; a deal without an account is one.
 */
export async function causedData(
  engine: Engine,
  ids: readonly string[]
): Promise<{channel: CausedDeals; kind: CausedDeals}> {
  const [run] = await engine.rows<{as_of: number}>(`select ${DAY("as_of")} as as_of from workspace.run`);
  const rows = await engine.rows<CampaignRow & {id: string}>(
    `select campaign_id as id, channel, kind, ${DAY("starts_on")} as "from", ${DAY("ends_on")} as "to",
       cost::double as cost, region from marts.campaigns where starts_on is not null and ends_on is not null`
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const first = await engine.rows<Omit<Arrival, "sourcedBy"> & {campaign: string | null}>(
    `select ${DAY("deal.created_on")} as day, coalesce(deal.region, '') as region, deal.outcome = 'won' as "isWon",
       coalesce(deal.won_amount, 0)::double as won, sourced.campaign_id as campaign
     from (
       select deal.* from marts.deals as deal
       inner join intermediate.int_deal as record on record.deal_id = deal.deal_id
       where deal.created_on is not null
       qualify row_number() over (
         partition by coalesce(record.account_id, deal.deal_id) order by deal.created_on, deal.deal_id
       ) = 1
     ) as deal
     left join marts.campaign_deals as sourced on sourced.deal_id = deal.deal_id and sourced.part = 'sourced'
     where coalesce(deal.deal_type, '') not in ('renewal', 'expansion')
     order by deal.deal_id`
  );
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  const arrivals = first.map(
    ({campaign, ...arrival}): Arrival => ({
      ...arrival,
      sourcedBy: campaign === null ? null : (rowOf.get(campaign) ?? null)
    })
  );
  const by = (unit: "channel" | "kind", withCampaigns: boolean) =>
    causedDeals(
      arrivals,
      ids.map((id): UnitCampaign => {
        const row = byId.get(id);
        return {
          unit: row?.[unit] ?? "unknown",
          from: row?.from ?? NEVER,
          to: row?.to ?? NEVER,
          cost: row?.cost ?? null,
          regions: regionsOf(row?.region)
        };
      }),
      run!.as_of,
      withCampaigns
    );
  return {channel: by("channel", true), kind: by("kind", false)};
}

/** Regions apart by semicolons, as CRMs export what takes several values; null for all. */
function regionsOf(text: string | null | undefined): string[] | null {
  const words = (text ?? "")
    .split(";")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  return words.length > 0 ? words : null;
}
