/** What a site must not hold: every text of the whole firm's exports that is not in the database the site was built from. */

import {readFileSync} from "node:fs";
import {join} from "node:path";
import type {Engine} from "../../engine/engine.ts";
import {identifier, literal} from "../../engine/sqlText.ts";
import {listFiles} from "../../system/fileHash.ts";
import {PROJECT} from "../../workspace/statePaths.ts";
import {isTelling} from "./tellingText.ts";
import {WordIndex, wordsOf} from "./words.ts";

/** Folders whose text every site may hold, whatever the data. The twins' lists of names are data. */
const OWN_TEXT = ["src", "loaders"];
const NOT_OWN = join(PROJECT, "loaders", "twins");

/** Columns that name deals. */
const DEAL_IDS = new Set(["deal_id", "second_deal_id", "merged_ids"]);

export interface ForbiddenStrings {
  index: WordIndex;
  /** Strings of the firm that the site's database has not. */
  nLeftOut: number;
  /** Of these, too short or too plain to look for, or words of Weir's own or of kept texts. */
  nPlain: number;
}

/**
 * Looks them up with the site's database attached as `site` to the engine that `withFirmSources` gives; `more` are texts of workspace.yaml
 * that the site's readers do not get. Deals that are left out are never taken for legitimate, should another table name them.
 */
export async function forbiddenStrings(
  engine: Engine,
  warehouse: string,
  more: readonly string[]
): Promise<ForbiddenStrings> {
  await engine.run(`attach ${literal(warehouse)} as site (read_only)`);
  try {
    const whole = await textColumns(engine, ["source"], "memory");
    // What Weir itself says of a partner's group makes no kind or tier legitimate that the site's own records have not.
    const kept = (await textColumns(engine, ["source", "workspace"], "site")).filter(
      ({column}) => column !== "group_words"
    );
    await engine.run(`create or replace temp table kept_text as ${distinctTexts(kept)}`);
    const rejected = "union select value from firm.weir.reject where value is not null";
    const leftOut = await texts(
      engine,
      `select text from (${distinctTexts(whole)} ${rejected}) as whole(text) where text not in (from kept_text)`
    );
    // A text that is no reference to a deal may happen to be equal to an id: a registration's, a name.
    const elsewhere = distinctTexts(kept.filter(({column}) => !DEAL_IDS.has(column)));
    const deals = await texts(
      engine,
      `select deal_id from source.deal where deal_id not in (select deal_id from site.source.deal)
       and deal_id not in (${elsewhere})`
    );
    const keptTexts = new Set(await texts(engine, "from kept_text"));
    const ofConfig = more.filter((text) => !keptTexts.has(text));
    const all = [...new Set([...leftOut, ...deals, ...ofConfig])];
    const telling = all.filter(isTelling);
    const legitimate = saidIn(telling, [...keptTexts, ...ownTexts()]);
    // That a kept record names a left-out deal makes its id no less the other deal's: it is what the narrowing should have taken away.
    const alien = new Set(deals);
    const looked = telling.filter((text) => alien.has(text) || !legitimate.has(wordsOf(text)));
    return {index: new WordIndex(looked), nLeftOut: all.length, nPlain: all.length - looked.length};
  } finally {
    await engine.run("drop table if exists kept_text");
    await engine.run("detach site");
  }
}

interface TextColumn {
  relation: string;
  column: string;
}

async function textColumns(
  engine: Engine,
  schemas: readonly string[],
  database: string
): Promise<TextColumn[]> {
  const rows = await engine.rows<{schema: string; name: string; column: string}>(
    `select schema_name as schema, table_name as name, column_name as column from duckdb_columns()
     where database_name = ${literal(database)} and schema_name in (${schemas.map(literal).join(", ")}) and data_type = 'VARCHAR'
     order by all`
  );
  return rows.map(({schema, name, column}) => ({
    relation: `${database}.${schema}.${identifier(name)}`,
    column
  }));
}

function distinctTexts(columns: readonly TextColumn[]): string {
  return columns
    .map(
      ({relation, column}) =>
        `select ${identifier(column)} as text from ${relation} where ${identifier(column)} is not null`
    )
    .join(" union ");
}

async function texts(engine: Engine, sql: string): Promise<string[]> {
  const found: string[] = [];
  await engine.pieces(sql, ([column]) => {
    for (const text of column!) found.push(text as string);
  });
  return found;
}

/** Of `strings`, in the form of wordsOf, those that one of the texts holds, whole or as a part: "Acme" in "Acme Robotics". */
function saidIn(strings: readonly string[], hay: readonly string[]): Set<string> {
  const index = new WordIndex(strings);
  const said = new Set<string>();
  for (const text of hay) index.search(text, (found) => said.add(wordsOf(found)));
  return said;
}

let own: string[] | undefined;

/** Weir's own text: words on pages, names in code. */
function ownTexts(): string[] {
  own ??= OWN_TEXT.flatMap((folder) => listFiles(join(PROJECT, folder)))
    .filter((file) => !file.startsWith(NOT_OWN))
    .map((file) => readFileSync(file, "utf8"));
  return own;
}
