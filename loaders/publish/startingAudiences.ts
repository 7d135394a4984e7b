/** A first `audiences:` for a workspace that declares none, made from what it has. */
import type {Engine} from "../engine/engine.ts";

/** YAML to copy into workspace.yaml and change. */
export async function startingAudiences(engine: Engine): Promise<string> {
  const [has] = await engine.rows<{
    partners: boolean;
    campaigns: boolean;
    orders: boolean;
    region: string | null;
  }>(`
    select (select count(*) > 0 from marts.deal_partners) as partners,
      (select count(*) > 0 from marts.campaigns) as campaigns,
      (select count(*) > 0 from marts.orders) as orders,
      (select region from marts.deals where region is not null group by region order by count(*) desc, region limit 1) as region`);
  const lines = [
    "audiences:",
    "  executives:",
    "    title: Executives",
    "    pages: [overview, forecast, track-record, why-it-moved, coverage]"
  ];
  if (has!.campaigns)
    lines.push(
      "  marketing:",
      "    title: Marketing",
      "    pages: [overview, marketing, conversion, velocity]"
    );
  if (has!.orders)
    lines.push("  planners:", "    title: Production planning", "    pages: [backlog, material, products]");
  if (has!.region !== null)
    lines.push(
      "  region:",
      `    title: ${JSON.stringify(has!.region)}`,
      "    pages: [overview, pipeline, deals, health]",
      `    rows: {region: [${JSON.stringify(has!.region)}]}`
    );
  if (has!.partners)
    lines.push(
      "  partners:",
      "    title: Partner",
      "    pages: [pipeline, deals, partners, compare]",
      "    each: partner"
    );
  return lines.join("\n");
}
