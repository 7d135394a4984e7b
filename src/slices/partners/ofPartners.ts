/** The programme of some partners: what the Partner life cycle is filtered by. */
import {type FactTable, pickRows} from "../facts.js";
import {type Filters, groupRows, selectRows} from "../select.js";
import type {Dimension} from "../site.js";
import {rowsOf, wordAt} from "./columns.js";
import type {ProgrammeData} from "./programmeData.js";

const DIMENSIONS = [
  ["tier", "Tier"],
  ["partner_kind", "Partner kind"],
  ["partner_region", "Partner region"]
] as const;

/** What tells partners apart: those with at least two values, most partners first. */
export function programmeDimensions({partners}: Pick<ProgrammeData, "partners">): Dimension[] {
  return DIMENSIONS.flatMap(([key, label]) => {
    const groups = groupRows(partners, rowsOf(partners), key);
    const values = [...groups].map(([value, rows]) => ({value, n: rows.length}));
    return values.length > 1
      ? [{key, label, values: values.sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1))}]
      : [];
  });
}

/** Partners that pass the filters, their parts in deals, records and payouts; the market and the rules stay those of all. */
export function ofPartners(data: ProgrammeData, filters: Filters): ProgrammeData {
  if (Object.values(filters).every((values) => values.length === 0)) return data;
  const {partners, parts, events, payouts} = data;
  const chosen = selectRows(partners, filters);
  const names = new Set(chosen.map((row) => wordAt(partners, "partner", row)));
  const theirs = (table: FactTable) =>
    pickRows(
      table,
      rowsOf(table).filter((row) => names.has(wordAt(table, "partner", row)))
    );
  return {
    ...data,
    partners: pickRows(partners, chosen),
    parts: theirs(parts),
    events: theirs(events),
    payouts: theirs(payouts)
  };
}
