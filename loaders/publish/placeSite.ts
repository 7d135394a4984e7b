import {join} from "node:path";
import {type PublishRecord, type SiteRecord, writeRecord} from "./publishRecord.ts";
import {mustBeFree, putInPlace} from "./putInPlace.ts";

/**
 * Puts a finished site into its folder, its record written down as begun first: what then lies there is known also if this process is
 * killed before the record's next writing, which is the caller's.
 * @throws {WeirError} exit 5 when something lies there of which the record knows no publication
 */
export function placeSite(
  out: string,
  record: PublishRecord,
  site: SiteRecord,
  dist: string,
  put: typeof putInPlace = putInPlace
): void {
  const to = join(out, site.folder);
  if (!record.sites.some(({folder}) => folder === site.folder)) mustBeFree(to, site.title);
  writeRecord(out, {...record, begun: [site]});
  put(dist, to);
}
