/** The gate before a site is put in its place: what the scan found, as problems for the person who publishes. */
import type {Problem} from "../weirError.ts";
import type {PublishedSite} from "./publishedSites.ts";
import type {Finding, FindingKind} from "./scan/scanSite.ts";

const SHOWN_CHARACTERS = 60;

const EXPLAINED: Record<FindingKind, {expected: string; fix: string}> = {
  "left out": {
    expected: "no text of rows or columns that this audience does not get",
    fix: "publish fewer pages or hide the column it is in; if the text is harmless, name its column under show. A narrowing that lets it through is an error of Weir: please report it"
  },
  secret: {
    expected: "no value of an environment variable or .env file that is named a secret",
    fix: "take it out of the exports or workspace.yaml, and change the secret: it may have been published before"
  },
  "private key": {expected: "no private key", fix: "take it out of the exports, and replace the key"},
  "kind of file": {
    expected: "files that pages are made of: no database, table, source map or settings",
    fix: "take the file out of src/"
  },
  "e-mail address": {
    expected: "no e-mail address",
    fix: "hide the column it is in, or map another header to it"
  },
  path: {
    expected: "no folder of this machine",
    fix: "take it out of the exports or workspace.yaml"
  }
};

/** The findings of one site, each saying where it is and what to do; `columns` names the columns of the exports that texts come from. */
export function findingProblems(
  {title}: Pick<PublishedSite, "title">,
  findings: readonly Finding[],
  columns: ReadonlyMap<string, string>
): Problem[] {
  return findings.map(({file, kind, text}) => ({
    what: `${kind === "left out" ? "a text that is left out" : kind} in the site for ${title}`,
    file,
    ...(columns.has(text) && kind !== "secret" ? {field: columns.get(text)!} : {}),
    value: text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}...` : text,
    ...EXPLAINED[kind]
  }));
}
