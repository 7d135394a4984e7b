/** The sites of all audiences of workspace.yaml, and the audiences that cannot be published as they are. */
import type {Engine} from "../engine/engine.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import type {LoadedWorkspace} from "../workspace/loadWorkspace.ts";
import {hideProblems} from "./hideProblems.ts";
import {type LeftOut, type PublishedSite, publishedSites} from "./publishedSites.ts";
import {sitesWithDeals} from "./sitesWithDeals.ts";

/** An audience that asks for rows that no deal has, or hides what it tells. */
export interface RefusedAudience {
  key: string;
  problems: readonly Problem[];
}

export interface AudienceSites {
  /** In the order of the audiences. */
  sites: PublishedSite[];
  leftOut: LeftOut[];
  refused: RefusedAudience[];
}

/** Looks them up in the firm's built warehouse. */
export async function audienceSites(
  engine: Engine,
  {config, file}: Pick<LoadedWorkspace, "config" | "file">
): Promise<AudienceSites> {
  const all: AudienceSites = {sites: [], leftOut: [], refused: []};
  for (const [key, audience] of Object.entries(config.audiences))
    try {
      const problems = hideProblems(key, audience, {config, file});
      if (problems.length > 0) throw new WeirError(key, {exitCode: EXIT.config, problems});
      const declared = await publishedSites(engine, {[key]: audience}, file);
      const held = await sitesWithDeals(engine, declared.sites, file);
      all.sites.push(...held.sites);
      all.leftOut.push(...declared.leftOut, ...held.leftOut);
    } catch (error) {
      if (!(error instanceof WeirError) || error.exitCode !== EXIT.config) throw error;
      all.refused.push({key, problems: error.problems});
    }
  return all;
}
