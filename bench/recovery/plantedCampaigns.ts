/** What each campaign of a written twin is planted to cause by a day. */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import type {World} from "../../loaders/twins/firm/world.ts";

export interface PlantedCampaign {
  channel: string;
  kind: string;
  /** First deals by the day that it is expected to cause. */
  expected: number;
}

/** From truth/campaigns.csv, whose rows are in the order of the world's campaigns. `asOf` in days since 1970. */
export function readPlantedCampaigns(
  dir: string,
  {cast, causes}: World,
  asOf: number
): Map<string, PlantedCampaign> {
  const [header, ...lines] = readFileSync(join(dir, "truth", "campaigns.csv"), "utf8")
    .trimEnd()
    .split("\n");
  const columns = header!.split(",");
  return new Map(
    lines.map((line, index) => {
      const cells = line.split(",");
      const of = (name: string) => cells[columns.indexOf(name)]!;
      const all = causes.perAccount(index);
      const share = all > 0 ? causes.perAccount(index, asOf) / all : 0;
      const {channel, type} = cast.campaigns[index]!;
      return [of("campaign_id"), {channel, kind: type, expected: Number(of("n_expected")) * share}];
    })
  );
}
