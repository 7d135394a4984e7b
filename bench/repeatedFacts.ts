/** A fact table of the size asked, from a smaller one. */
import type {FactColumn} from "../src/slices/facts.ts";

/** Rows over again, amounts shared out so that the total stays, ids made unique. */
export function repeated(
  columns: Record<string, FactColumn>,
  n: number,
  wanted: number
): Record<string, FactColumn> {
  const from = Array.from({length: wanted}, (_, i) => i % n);
  const share = n / wanted;
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]): [string, FactColumn] => {
      if (column.kind === "key") return [name, {...column, codes: from.map((i) => column.codes[i]!)}];
      if (column.kind === "text")
        return [name, {kind: "text", values: from.map((i, at) => `${column.values[i]}-${at}`)}];
      const scaled = (value: number | null) =>
        value === null ? null : Math.max(1, Math.round(value * share));
      return [
        name,
        {
          kind: column.kind,
          values: from.map((i) => (column.kind === "cents" ? scaled(column.values[i]!) : column.values[i]!))
        }
      ];
    })
  );
}
