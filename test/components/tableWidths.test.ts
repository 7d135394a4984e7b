import {expect, test} from "vitest";
import {tableLayout} from "../../src/components/tableWidths.js";
import {textWidth} from "../../src/components/textWidth.js";

test("a column is as wide as its widest word, which need not be the one with most letters", () => {
  const rows = ["Bedarf qualifiziert", "Verhandlung"].map((stage) => ({stage, words: "x".repeat(60)}));
  const {columns, isTight} = tableLayout(
    rows,
    [
      {key: "stage", label: "Stage", unit: "text"},
      ...Array.from({length: 8}, (_, i) => ({
        key: "words" as const,
        label: `Words ${i}`,
        unit: "text" as const
      }))
    ],
    false
  );
  expect(isTight).toBe(true);
  expect("Verhandlung".length).toBeLessThan("qualifiziert".length);
  expect(columns[0]!.width).toBeGreaterThanOrEqual(textWidth("Verhandlung", 13) + 17);
});
