import {describe, expect, test} from "vitest";
import {answerQuestion, prepare, rowsOf} from "../../../src/slices/explore/answerQuestion.ts";
import {ColumnTables, columnFiles} from "../../../src/slices/explore/columnFiles.ts";
import {type ExploreTable, shapeOf} from "../../../src/slices/explore/exploreTable.ts";
import {firstQuestion, type Question} from "../../../src/slices/explore/question.ts";

const N = 6500;
const table: ExploreTable = {
  key: "deals",
  label: "Deals",
  noun: "deals",
  about: "",
  n: N,
  words: [
    {
      key: "region",
      label: "Region",
      words: ["East", "North", "South"],
      order: "none",
      codes: Int32Array.from({length: N}, (_, i) => (i % 4) - 1)
    },
    {
      key: "created_on.quarter",
      label: "Quarter created",
      words: ["earlier", "2025 Q1", "2025 Q2"],
      order: "time",
      codes: Int32Array.from({length: N}, (_, i) => (7 * i) % 3),
      starts: [null, 20089, 20179]
    }
  ],
  numbers: [
    {
      key: "amount",
      label: "Amount",
      unit: "money",
      values: Array.from({length: N}, (_, i) => (i % 5 ? i : null))
    }
  ],
  shown: [{key: "deal_name", label: "Deal", unit: "text", at: (row) => `Deal ${row}`}]
};

/** As a browser reads them: texts, and which were asked for. */
function stored() {
  const files = new Map([...columnFiles([table])].map(([file, content]) => [file, JSON.stringify(content)]));
  const asked = new Set<string>();
  return {
    asked,
    read: async (file: string) => {
      asked.add(file);
      return JSON.parse(files.get(file)!);
    }
  };
}

const first = firstQuestion(shapeOf(table));
const QUESTIONS: Question[] = [
  first,
  {...first, by: "created_on.quarter", across: "region", operation: "median"},
  {...first, by: null, operation: "distinct", field: "region"},
  {...first, by: null, operation: "count", field: null, filters: {region: ["South", "(none)"]}}
];

describe("tables by column", () => {
  test("answer as the whole table does", async () => {
    const tables = new ColumnTables(stored().read);
    expect(await tables.open()).toEqual([shapeOf(table)]);
    for (const question of QUESTIONS)
      expect(answerQuestion(await tables.asked(question), question)).toEqual(
        answerQuestion(prepare(table), question)
      );
  });

  test("read only the columns that a question names", async () => {
    const {read, asked} = stored();
    const tables = new ColumnTables(read);
    await tables.open();
    await tables.asked(QUESTIONS[3]!);
    expect([...asked]).toEqual(["shapes", "deals/words/region"]);
    await tables.asked(QUESTIONS[0]!);
    expect([...asked].slice(2)).toEqual(["deals/numbers/amount"]);
  });

  test("list the first rows of a few pieces, and all of them for a download", async () => {
    const {read, asked} = stored();
    const tables = new ColumnTables(read);
    await tables.open();
    const question = {...QUESTIONS[3]!, filters: {region: ["North"]}};
    const all = await tables.rows(question, {}, Infinity);
    const behind = rowsOf(prepare(table), question);
    expect(all.rows.map((row) => row["deal_name"])).toEqual(Array.from(behind, (row) => `Deal ${row}`));
    const some = await tables.rows(question, {}, 200);
    expect(some).toEqual({...all, rows: all.rows.slice(0, 200)});
    expect([...asked].filter((file) => file.startsWith("deals/rows/"))).toHaveLength(7);
    const other = stored();
    const fresh = new ColumnTables(other.read);
    await fresh.open();
    const cut = await fresh.rows(question, {}, 1500);
    expect(cut.rows).toEqual(all.rows.slice(0, 1000));
    expect(cut.n).toBe(all.n);
    expect([...other.asked].filter((file) => file.startsWith("deals/rows/"))).toHaveLength(4);
  });
});
