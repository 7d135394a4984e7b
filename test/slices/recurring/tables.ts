/** Columns of fact tables as tests write them. */
import type {FactColumn, FactTable} from "../../../src/slices/facts.ts";

/** Words as codes. */
export function key(values: (string | null)[]): FactColumn {
  const words = [...new Set(values.filter((word) => word !== null))];
  return {kind: "key", words, codes: values.map((word) => (word === null ? null : words.indexOf(word)))};
}

/** Every row. */
export const all = ({n}: FactTable): number[] => Array.from({length: n}, (_, row) => row);
