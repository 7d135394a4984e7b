/** A query's rows as a fact table: the compact form pages add up. */
import type {FactColumn, FactTable} from "../../src/slices/facts.ts";
import type {Engine} from "../engine/engine.ts";
import {identifier} from "../engine/sqlText.ts";

/**
 * Reads the named columns of a relation in a stable order. Text columns become codes unless listed in `text` (ids and
 * names that hardly repeat); DECIMAL(18,2) becomes whole cents; dates become day numbers. Piece by piece: the words of a large firm's
 * rows would take many times what their codes do.
 */
export async function factTable(
  engine: Engine,
  relation: string,
  {columns, text = [], orderBy}: {columns: readonly string[]; text?: readonly string[]; orderBy: string}
): Promise<FactTable> {
  const types = await engine.rows<{column_name: string; column_type: string}>(
    `describe select * from ${relation}`
  );
  const typeOf = new Map(types.map(({column_name, column_type}) => [column_name, column_type]));
  const selected = columns.map((name) => `${expression(name, typeOf.get(name))} as ${identifier(name)}`);
  const begun = columns.map((name) => begin(typeOf.get(name)!, text.includes(name)));
  let n = 0;
  await engine.pieces(`select ${selected.join(", ")} from ${relation} order by ${orderBy}`, (piece) => {
    n += piece[0]!.length;
    for (const [index, values] of piece.entries()) begun[index]!.add(values);
  });
  return {n, columns: Object.fromEntries(columns.map((name, index) => [name, begun[index]!.done()]))};
}

function expression(name: string, type: string | undefined): string {
  if (!type) throw new Error(`no column ${name}`);
  const column = identifier(name);
  if (type.startsWith("DECIMAL")) return `cast(round(${column} * 100) as double)`;
  if (isDay(type)) return `cast(date_diff('day', date '1970-01-01', cast(${column} as date)) as integer)`;
  if (type === "BIGINT" || type === "HUGEINT") return `cast(${column} as double)`;
  return type === "BOOLEAN" ? `cast(${column} as integer)` : column;
}

function isDay(type: string): boolean {
  return type === "DATE" || type === "TIMESTAMP";
}

/** A column that is being read. */
interface Begun {
  add(values: readonly unknown[]): void;
  done(): FactColumn;
}

function begin(type: string, isText: boolean): Begun {
  if (type === "VARCHAR" && !isText) return beginKey();
  const kind = type.startsWith("DECIMAL") ? "cents" : isDay(type) ? "day" : isText ? "text" : "number";
  const values: unknown[] = [];
  return {
    add(more) {
      for (const value of more) values.push(value);
    },
    done: () => ({kind, values}) as FactColumn
  };
}

/** Words get codes as they come, and in the end those of their order. */
function beginKey(): Begun {
  const codeOf = new Map<string, number>();
  const codes: (number | null)[] = [];
  return {
    add(words) {
      for (const word of words as (string | null)[]) {
        if (word !== null && !codeOf.has(word)) codeOf.set(word, codeOf.size);
        codes.push(word === null ? null : codeOf.get(word)!);
      }
    },
    done() {
      const words = [...codeOf.keys()].sort();
      const place = new Map(words.map((word, index) => [codeOf.get(word)!, index]));
      return {kind: "key", words, codes: codes.map((code) => (code === null ? null : place.get(code)!))};
    }
  };
}
