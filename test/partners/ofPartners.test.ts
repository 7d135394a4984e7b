import {expect, test} from "vitest";
import type {FactTable} from "../../src/slices/facts.ts";
import {rowsOf, wordAt} from "../../src/slices/partners/columns.ts";
import {ofPartners, programmeDimensions} from "../../src/slices/partners/ofPartners.ts";
import type {ProgrammeData} from "../../src/slices/partners/programmeData.ts";

const PARTNERS = ["Ada", "Bo", "Cy", "Di"];
const pointing = (codes: number[]): FactTable => ({
  n: codes.length,
  columns: {partner: {kind: "key", words: PARTNERS, codes}}
});
const data = {
  partners: {
    n: 4,
    columns: {
      partner: {kind: "text", values: PARTNERS},
      tier: {kind: "key", words: ["Gold", "Silver"], codes: [0, 1, null, 0]},
      partner_kind: {kind: "key", words: ["dealer"], codes: [0, 0, 0, 0]}
    }
  },
  parts: pointing([0, 1, 2, 3, 3]),
  events: pointing([1, 1]),
  payouts: pointing([3, 2]),
  rules: ["5% of deals they sourced and won"]
} as unknown as ProgrammeData;

test("partners are told apart by what they differ in, most first, those without it by themselves", () => {
  expect(programmeDimensions(data)).toEqual([
    {
      key: "tier",
      label: "Tier",
      values: [
        {value: "Gold", n: 2},
        {value: "(none)", n: 1},
        {value: "Silver", n: 1}
      ]
    }
  ]);
});

test("a filter keeps the partners that pass it, and of all records theirs", () => {
  const of = (filters: Record<string, string[]>) => {
    const {partners, parts, events, payouts} = ofPartners(data, filters);
    return [partners, parts, events, payouts].map((table) =>
      rowsOf(table).map((row) => wordAt(table, "partner", row))
    );
  };
  expect(of({tier: ["Gold"]})).toEqual([["Ada", "Di"], ["Ada", "Di", "Di"], [], ["Di"]]);
  expect(of({tier: ["(none)", "Silver"]})).toEqual([["Bo", "Cy"], ["Bo", "Cy"], ["Bo", "Bo"], ["Cy"]]);
  expect(ofPartners(data, {tier: []})).toBe(data);
});
