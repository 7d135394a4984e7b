/**
 * Names of the folders in which sites lie side by side. An audience's own site is named for it. Of `each` one has a name drawn at random
 * and kept from then on: who knows the address of one partner's site can tell neither that of another nor who the others are.
 */
import {randomBytes} from "node:crypto";
import type {PublishedSite} from "./publishedSites.ts";
import type {PublishRecord} from "./publishRecord.ts";

/** 130 bits, five a character, in letters and digits that no file system takes for one another. */
const BYTES = 26;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** The folder of each site: as the record has it, else a new one. */
export function siteFolders(
  sites: readonly PublishedSite[],
  last: Pick<PublishRecord, "folders"> | undefined,
  random: (size: number) => Uint8Array = randomBytes
): string[] {
  return sites.map((site) => knownFolder(site, last) ?? `${site.key}-${drawn(random(BYTES))}`);
}

/** The folder of a site; null for one whose name is not drawn yet. */
export function knownFolder(
  {key, value}: Pick<PublishedSite, "key" | "value">,
  last: Pick<PublishRecord, "folders"> | undefined
): string | null {
  if (value === null) return key;
  const known = last?.folders.find((each) => each.audience === key && each.value === value);
  return known?.folder ?? null;
}

function drawn(bytes: Uint8Array): string {
  return [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
