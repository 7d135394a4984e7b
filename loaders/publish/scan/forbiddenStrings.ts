/** What a site must not hold: every text of the whole firm's exports that is not in the database the site was built from. */
import type {Engine} from "../../engine/engine.ts";
import {identifier, literal} from "../../engine/sqlText.ts";
import {namesAndIds, spelling} from "../pseudonyms.ts";
import {ownLiterals, ownTexts} from "./ownWords.ts";
import {isTelling} from "./tellingText.ts";
import {WordIndex, wordsOf} from "./words.ts";

/** Columns that name deals. */
const DEAL_IDS = new Set(["deal_id", "second_deal_id", "merged_ids"]);
/** Columns of what somebody or something is called: a cell of a few letters that says one of them says something. */
const IS_NAME = /^(?:.*_)?name$|^account$/;

export interface Forbidden {
  /** Texts that are found among other words. */
  index: WordIndex;
  /** Names that are too short for that, or words of Weir's own: found where they are all that a cell of the data says. */
  cells: ReadonlySet<string>;
}

export interface ForbiddenStrings extends Forbidden {
  /** Strings of the firm that the site's database has not. */
  nLeftOut: number;
  /** Of these, too short or too plain to look for, or words of Weir's own or of kept texts. */
  nPlain: number;
}

/** Nothing that is a firm's. */
export const NOTHING: Forbidden = {index: new WordIndex([]), cells: new Set()};

/**
 * Looks them up with the site's database attached as `site` to the engine that `withFirmSources` gives; `more` are texts of workspace.yaml
 * that the site's readers do not get, `said` what the site says of itself on purpose (its title, the values of rows). Deals that are left out are never taken for legitimate, should another table name them. A text that a
 * longer kept one holds ("Acme" in "Acme Robotics") is looked for everywhere but in that one.
 */
export async function forbiddenStrings(
  engine: Engine,
  warehouse: string,
  more: readonly string[],
  said: readonly string[] = []
): Promise<ForbiddenStrings> {
  await engine.run(`attach ${literal(warehouse)} as site (read_only)`);
  try {
    const whole = await textColumns(engine, ["source"], "memory");
    // What Weir itself says of a partner's group, or of whom the site is for, makes nothing legitimate that the site's own records have not.
    const kept = (await textColumns(engine, ["source", "workspace"], "site")).filter(
      ({column, relation}) =>
        column !== "group_words" && relation !== `site.workspace.${identifier("audience")}`
    );
    const onPurpose = said.map((text) => ` union select ${literal(text)}`).join("");
    await engine.run(`create or replace temp table kept_text as ${distinctTexts(kept)}${onPurpose}`);
    const notKept = (columns: string) =>
      texts(engine, `select text from (${columns}) as whole(text) where text not in (from kept_text)`);
    const leftOut = await notKept(
      `${distinctTexts(whole)} union select value from firm.weir.reject where value is not null`
    );
    const named = whole.filter(({column}) => IS_NAME.test(column));
    const names = named.length === 0 ? [] : await notKept(distinctTexts(named));
    // A text that is no reference to a deal may happen to be equal to an id: a registration's, a name.
    const elsewhere = distinctTexts(kept.filter(({column}) => !DEAL_IDS.has(column)));
    const deals = await texts(
      engine,
      `select deal_id from source.deal where deal_id not in (select deal_id from site.source.deal)
       and deal_id not in (${elsewhere})`
    );
    const keptTexts = new Set(await texts(engine, "from kept_text"));
    const ofConfig = more.filter((text) => !keptTexts.has(text));
    const asIds = await namesAsIds(engine, whole, kept);
    const all = [...new Set([...leftOut, ...deals, ...ofConfig, ...asIds])];
    const telling = all.filter(isTelling);
    const sought = new WordIndex(telling);
    const {same, within} = saidIn(sought, keptTexts);
    const ofWeir = new Set<string>();
    for (const text of ownTexts()) sought.search(text, (found) => ofWeir.add(wordsOf(found)));
    // That a kept record names a left-out deal makes its id no less the other deal's: it is what the narrowing should have taken away.
    // Nor is a name that is left out any less so for an id of its own record that spells it.
    const alien = new Set([...deals, ...asIds].map(wordsOf));
    const looked = telling.filter((text) => {
      const words = wordsOf(text);
      return alien.has(words) || !(same.has(words) || ofWeir.has(words));
    });
    const mayStand = new Set([...within].flatMap(([words, longer]) => (alien.has(words) ? [] : [...longer])));
    for (const words of alien) for (const longer of within.get(words) ?? []) mayStand.delete(longer);
    const index = new WordIndex(looked, mayStand);
    const isLooked = new Set(looked);
    const cells = names.filter(
      (name) =>
        !isLooked.has(name) && /\p{L}/u.test(name) && !same.has(wordsOf(name)) && !ownLiterals().has(name)
    );
    return {
      index,
      cells: new Set(cells),
      nLeftOut: all.length,
      nPlain: all.length - looked.length
    };
  } finally {
    await engine.run("drop table if exists kept_text");
    await engine.run("detach site");
  }
}

/** Names that are hidden from a site and that an id of their own kind says, in whatever spelling. */
async function namesAsIds(
  engine: Engine,
  whole: readonly TextColumn[],
  kept: readonly TextColumn[]
): Promise<string[]> {
  const found: string[] = [];
  const hidden = await hiddenFrom(engine);
  for (const {names, ids} of namesAndIds()) {
    const among = (columns: readonly TextColumn[], places: readonly [string, string][]) =>
      columns.filter(({relation, column}) =>
        places.some(([table, name]) => relation.endsWith(`.source.${identifier(table)}`) && column === name)
      );
    const named = among(whole, names);
    const keptIds = among(kept, ids);
    const isHidden = names.some((place) => hidden.has(place.join(".")));
    if (!isHidden || named.length === 0 || keptIds.length === 0) continue;
    const keptNames = among(kept, names);
    const spelled = await texts(
      engine,
      `select text from (${distinctTexts(named)}) as named(text)
       where ${spelling("text")} in (select ${spelling("text")} from (${distinctTexts(keptIds)}) as id(text) where ${spelling("text")} is not null)
       ${keptNames.length > 0 ? `and text not in (${distinctTexts(keptNames)})` : ""}`
    );
    if (spelled.length === 0) continue;
    const others = distinctTexts(kept.filter((column) => !keptIds.includes(column)));
    const said = new Set((await texts(engine, others)).map(wordsOf));
    found.push(...spelled.filter((name) => !said.has(wordsOf(name))));
  }
  return found;
}

/** `table.column` of what the exports fill and the site does not get, as its database says. */
async function hiddenFrom(engine: Engine): Promise<Set<string>> {
  const has = await engine.rows(
    "select 1 from duckdb_columns() where database_name = 'site' and table_name = 'audience' and column_name = 'hidden_columns'"
  );
  if (has.length === 0) return new Set();
  return new Set(await texts(engine, "select unnest(hidden_columns) from site.workspace.audience"));
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

/** Of the strings of `index`, in the form of wordsOf, those that one of the texts is, and those that it holds as a part, with the texts. */
function saidIn(
  index: WordIndex,
  hay: Iterable<string>
): {same: Set<string>; within: Map<string, Set<string>>} {
  const same = new Set<string>();
  const within = new Map<string, Set<string>>();
  for (const text of hay) {
    let whole: string | undefined;
    index.search(text, (found) => {
      const words = wordsOf(found);
      whole ??= wordsOf(text);
      if (words === whole) same.add(words);
      else within.set(words, (within.get(words) ?? new Set()).add(text));
    });
  }
  return {same, within};
}
