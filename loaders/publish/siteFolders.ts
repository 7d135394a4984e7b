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

/** The folder of each site: as the last publication had it, else a new one. */
export function siteFolders(
  sites: readonly PublishedSite[],
  last: PublishRecord | undefined,
  random: (size: number) => Uint8Array = randomBytes
): string[] {
  const known = new Map(
    (last?.sites ?? []).map(({audience, value, folder}) => [siteId(audience, value), folder])
  );
  return sites.map(({key, value}) =>
    value === null ? key : (known.get(siteId(key, value)) ?? `${key}-${drawn(random(BYTES))}`)
  );
}

function siteId(audience: string, value: string | null): string {
  return JSON.stringify([audience, value]);
}

function drawn(bytes: Uint8Array): string {
  return [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
