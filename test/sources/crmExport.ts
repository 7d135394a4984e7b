/** A clean CRM export made from a seed, as text cells, with the workspace that reads it and the truth it holds. */

export type Random = () => number;

/** A table as text: a header and its cells. */
export interface TextTable {
  header: string[];
  rows: string[][];
}

/** Mulberry32: a number from 0 to 1 a call. */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)]!;
}

/** Lengths of ids are declared, as they are known for every CRM. */
export const EXPORT_FILES = (path: string) => `
  - path: ${path}
    maps:
      - table: deal
        columns:
          deal_id: {column: Id, length: 18}
          name: Name
          account_id: {column: Account Code, length: 8}
          owner_id: {column: OwnerId, length: 18}
          stage_id: StageName
          amount: Amount
          currency: Currency
          close_on: CloseDate
          created_at: CreatedDate
          campaign_id: {column: Campaign ID, length: 18}
          deal_type: Type
          next_step: NextStep
`;

export const EXPORT_COLUMNS = [
  "Id",
  "Name",
  "Account Code",
  "OwnerId",
  "StageName",
  "Amount",
  "Currency",
  "CloseDate",
  "CreatedDate",
  "Campaign ID",
  "Type",
  "NextStep",
  "Description"
];

/** The columns that hold any text, so that nothing but a person can tell two of them apart. */
export const FREE_TEXT = ["Name", "Currency", "Type", "NextStep", "Description"];

const COMPANIES = [
  "Acme",
  "Müller & Söhne",
  "Globex, Inc.",
  'The "Best" Co',
  "Łódź Stal",
  "東京商事",
  "O’Neil – West",
  "=SUM Partners"
];
const STAGES = ["Prospecting", "Negotiation", "Closed Won", "Closed Lost"];
const STEPS = [
  "",
  "Call",
  "Send the offer, then wait",
  'Ask for the "green light"',
  "First line\nsecond line",
  "Zoë ruft an"
];

/** The export itself, without any damage. */
export function crmExport(random: Random, nRows: number): TextTable {
  const rows = Array.from({length: nRows}, (_, index) => {
    const created = Date.UTC(2023, 0, 1) + Math.floor(random() * 4e10);
    const amount = Math.floor(random() * 1e8) - 2e7;
    return [
      salesforceId("006", index),
      `${pick(random, COMPANIES)} ${Math.floor(random() * 900)}`,
      String(Math.floor(random() * 99_999)).padStart(8, "0"),
      salesforceId("005", Math.floor(random() * 20)),
      pick(random, STAGES),
      random() < 0.1 ? "" : (amount / 100).toFixed(2),
      pick(random, ["USD", "EUR"]),
      new Date(created + 6e9).toISOString().slice(0, 10),
      new Date(created).toISOString(),
      random() < 0.3
        ? ""
        : `120${String(Math.floor(random() * 1e15))
            .padStart(14, "1")
            .slice(0, 14)}7`,
      pick(random, ["New Business", "Renewal", ""]),
      pick(random, STEPS),
      pick(random, ["A long story; with marks", "", "naïve café"])
    ];
  });
  return {header: [...EXPORT_COLUMNS], rows};
}

/** What must be in source.deal: the mapped columns as text, ordered by id. */
export function truthOf({rows}: TextTable): (string | null)[][] {
  return rows
    .map((row) => row.slice(0, 12).map((cell) => (cell === "" ? null : cell)))
    .sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
}

export const TRUTH_SQL = `select deal_id, name, account_id, owner_id, stage_id, amount::varchar, currency, close_on::varchar,
  strftime(created_at, '%Y-%m-%dT%H:%M:%S.%gZ'), campaign_id, deal_type, next_step from source.deal order by deal_id`;

function salesforceId(prefix: string, n: number): string {
  return `${prefix}Dn00000${String(n).padStart(5, "0")}IAZ`;
}

/** RFC 4180, quoting what needs it, or everything. */
export function toCsv(
  {header, rows}: TextTable,
  {delimiter = ",", end = "\n", all = false, quote = '"'} = {}
): string {
  const line = (cells: readonly string[]) =>
    cells
      .map((cell) =>
        all || cell.includes(delimiter) || /["\r\n]/.test(cell) || cell.includes(quote)
          ? `${quote}${cell.replaceAll(quote, quote + quote)}${quote}`
          : cell
      )
      .join(delimiter) + end;
  return [header, ...rows].map(line).join("");
}
