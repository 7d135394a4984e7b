import {expect, test} from "vitest";
import {isDamaged} from "../../loaders/sources/damagedText.ts";
import fc from "../support/fc.ts";
import {randomFrom} from "./crmExport.ts";
import {withLoaded} from "./loadFiles.ts";

const FILES = `
  - path: deals.csv
    format: {delimiter: DELIMITER}
    maps:
      - table: deal
        columns: {deal_id: Id, name: Name, next_step: "Next, \\"step\\"", stage_id: Stage}
`;

/** Text that may be in a CSV and is not what a spreadsheet or a database leaves for a lost value. */
const text = fc
  .oneof(
    fc.string({unit: "binary"}),
    fc.string({unit: fc.constantFrom(",", '"', "\n", "\r", ";", "\t", "a", "'", " ", "=")})
  )
  .filter((value) => !isDamaged(value) && !/^#|^(\(?null\)?|<null>|\\N|nan|undefined)$/i.test(value));

/** The one thing the reader undoes. */
const unguarded = (value: string) => (/^'[=+@\t\r-]/.test(value) ? value.slice(1) : value);

test("any table of Unicode text written as RFC 4180 reads back equal", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, text), {minLength: 1, maxLength: 20}),
      fc.constantFrom(",", ";", "\t", "|"),
      fc.constantFrom("\n", "\r\n"),
      fc.integer(),
      async (rows, delimiter, end, seed) => {
        const random = randomFrom(seed);
        const quoted = (cell: string) =>
          random() < 0.5 || /["\r\n]/.test(cell) || cell.includes(delimiter)
            ? `"${cell.replaceAll('"', '""')}"`
            : cell;
        const table = [
          ["Id", "Name", 'Next, "step"', "Stage"],
          ...rows.map(([name, step], index) => [`D-${index}`, name, step, "Prospecting"])
        ];
        const csv = table.map((row) => row.map(quoted).join(delimiter) + end).join("");
        const files = FILES.replace("DELIMITER", JSON.stringify(delimiter));
        const found = await withLoaded({files, content: {"deals.csv": csv}}, ({rows}) =>
          rows("select name, next_step from source.deal order by source_record")
        );
        const expected = rows.map(([name, step]) => ({
          name: unguarded(name) || null,
          next_step: unguarded(step) || null
        }));
        expect(found).toEqual(expected);
      }
    ),
    {numRuns: 60, seed: 4}
  );
});
