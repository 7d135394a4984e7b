/** Texts of workspace.yaml and matches.yaml that a site's readers do not get. */
import type {MatchDecision} from "../workspace/matchDecisions.ts";
import type {Workspace} from "../workspace/schema.ts";

/** All that the whole configuration says and the narrowed one does not; of files their names, for headers are words like any other. */
export function configTexts(
  whole: Workspace,
  narrowed: Workspace,
  decisions: readonly MatchDecision[]
): string[] {
  const said = new Set(textsIn({...narrowed, files: []}));
  const files = whole.files.map(({path}) => path);
  const people = decisions.flatMap(({by, why}) => [by, why]);
  // A link is written with a deal's id in it.
  const address = whole.crm?.deal_url.split("{id}")[0];
  return [...new Set(textsIn([{...whole, files}, people, address]))].filter(
    (text) => !said.has(text) && !(text === address && narrowed.crm)
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
