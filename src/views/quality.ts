/** The Data page: what was read, what was refused, what was checked, and of which day everything is. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {DataTable} from "../components/dataTable.js";
import {count, date, money} from "../components/format.js";
import {PlainTable} from "../components/plainTable.js";
import type {QualityData} from "../slices/quality.js";
import type {SiteData} from "../slices/site.js";

/** One sentence: records in, loaded, rejected, checks passed. */
export function dataAnswer(site: SiteData, {files, checks}: QualityData): Content {
  const sum = (key: "n_records" | "n_loaded" | "n_rejected") =>
    files.reduce((total, file) => total + file[key], 0);
  const failed = checks.filter(({n_failures}) => n_failures > 0);
  // What the firm's exports hold besides, and what of it was refused, is not told.
  const records = site.audience
    ? [html`<strong>${count(sum("n_records"))}</strong>`, " records make the figures of this site"]
    : [
        html`<strong>${count(sum("n_records"))}</strong>`,
        ` records in ${count(files.length)} files: ${count(sum("n_loaded"))} loaded and `,
        html`<strong>${count(sum("n_rejected"))} rejected</strong>`
      ];
  return [
    ...records,
    `. ${count(checks.length - failed.length)} of ${count(checks.length)} checks pass`,
    failed.length > 0 ? `; ${count(failed.length)} to look at below` : "",
    `. Everything is as of ${date(site.asOf)}.`
  ];
}

/** The files, and that nothing of them was lost; to an audience the records that it has, by kind. */
export function Files({audience}: SiteData, {files}: QualityData): HTMLElement {
  if (audience)
    return DataTable(
      files.map(({tables, n_records}) => ({kind: tables.replaceAll("_", " "), n_records})),
      [
        {key: "kind", label: "Kind", unit: "text"},
        {key: "n_records", label: "Records", unit: "count", total: true}
      ],
      {caption: "What this site is made from", showCaption: true, pageSize: 30}
    );
  return DataTable(
    files.map((file) => ({...file, read: file.is_reused ? "unchanged, not read again" : "read"})),
    [
      {key: "file", label: "File", unit: "text"},
      {key: "tables", label: "Feeds", unit: "text"},
      {key: "n_records", label: "Records", unit: "count", total: true},
      {key: "n_loaded", label: "Loaded", unit: "count", total: true},
      {key: "n_rejected", label: "Rejected", unit: "count", total: true},
      {key: "read", label: "This build", unit: "text"},
      {key: "hash", label: "SHA-256", unit: "text"}
    ],
    {caption: "Files: records = loaded + rejected", showCaption: true, pageSize: 20}
  );
}

/** Cells that were refused, with where they are; not told to an audience, for they are anybody's. */
export function Rejects({audience}: SiteData, {rejects}: QualityData): HTMLElement {
  if (audience) return html`<section hidden></section>`;
  return DataTable(
    rejects,
    [
      {key: "file", label: "File", unit: "text"},
      {key: "line", label: "Line", unit: "count"},
      {key: "column", label: "Column", unit: "text"},
      {key: "value", label: "Value", unit: "text"},
      {key: "reason", label: "Why", unit: "text"}
    ],
    {
      caption: "Rejected cells",
      showCaption: true,
      empty: {
        reason: "No record was rejected.",
        action: "A record with a cell that cannot be read would be listed here."
      }
    }
  );
}

/** Checks that found something, with examples; then, folded, all that passed. */
export function Checks({checks}: QualityData): HTMLElement {
  const failing = checks.filter(({n_failures}) => n_failures > 0);
  const passing = checks.filter(({n_failures}) => n_failures === 0);
  return html`<section>
    <h2 class="weir-chart-title">Checks</h2>
    ${failing.map(
      ({description, n_failures, examples}) => html`<details class="weir-how">
        <summary>${description} ${count(n_failures)} ${n_failures === 1 ? "row" : "rows"} to look at</summary>
        ${Examples(examples)}
      </details>`
    )}
    <details class="weir-how">
      <summary>${count(passing.length)} checks passed</summary>
      ${PlainTable(
        passing,
        [
          {key: "description", label: "What holds", unit: "text"},
          {key: "name", label: "Check", unit: "text"}
        ],
        {caption: "Passed"}
      )}
    </details>
  </section>`;
}

/** Which registrations are which deals: how many, in money, and those a person should look at. Nothing without any. */
export function Matching({currency}: SiteData, {matching: {counts, waiting}}: QualityData): HTMLElement {
  // A page would print null as a word.
  if (counts.length === 0) return html`<section hidden></section>`;
  const of = (status: string) => counts.find((each) => each.status === status);
  const part = (status: string, word: string) =>
    html`<strong>${count(of(status)?.n ?? 0)} ${word}</strong> (${money(of(status)?.amount ?? null, currency)})`;
  return html`<section>
    <h2 class="weir-chart-title">Partner registrations and CRM deals</h2>
    <p>
      ${part("matched", "matched")} to their deal, ${part("unsure", "unsure")} until a person decides in matches.yaml,
      ${part("unmatched", "in the portal only")}.
    </p>
    ${DataTable(
      waiting,
      [
        {key: "customer", label: "Customer, as registered", unit: "text"},
        {key: "partner", label: "Partner", unit: "text"},
        {key: "amount", label: "Estimate", unit: "money", currency, total: true},
        {key: "status", label: "Match", unit: "text"},
        {key: "score", label: "Likeness", unit: "ratio"},
        {key: "account", label: "Likely customer in the CRM", unit: "text"},
        {key: "deal_id", label: "Likely deal", unit: "text"},
        {key: "evidence", label: "Evidence", unit: "text"},
        {key: "registration_id", label: "Registration", unit: "text"}
      ],
      {
        caption: "Registrations without a certain deal",
        showCaption: true,
        empty: {
          reason: "Every registration has its deal.",
          action: "Unsure ones would wait here for a decision."
        }
      }
    )}
  </section>`;
}

/** Exchange rates that no export holds but workspace.yaml states. Nothing without any. */
export function StatedRates({currency}: SiteData, {statedRates}: QualityData): HTMLElement {
  if (statedRates.length === 0) return html`<section hidden></section>`;
  return DataTable(
    statedRates,
    [
      {key: "currency", label: "Currency", unit: "text"},
      {key: "rate", label: `One unit in ${currency}`, unit: "text"},
      {key: "since_on", label: "Since", unit: "date", missing: "every day"}
    ],
    {caption: "Exchange rates stated in workspace.yaml", showCaption: true}
  );
}

/** The newest record of each kind: how fresh the parts are. */
export function Freshness(site: SiteData, {freshness}: QualityData): HTMLElement {
  return DataTable(
    freshness,
    [
      {key: "what", label: "Newest", unit: "text"},
      {key: "newest_on", label: "On", unit: "date", missing: "none in the exports"},
      {key: "n", label: "Records", unit: "count"}
    ],
    {caption: `Freshness, as of ${date(site.asOf)}`, showCaption: true}
  );
}

/** Rows of every relation that has any. */
export function Rows({rowCounts}: QualityData): HTMLElement {
  return DataTable(
    rowCounts,
    [
      {key: "relation", label: "Relation", unit: "text"},
      {key: "n", label: "Rows", unit: "count"}
    ],
    {caption: "Rows in the warehouse", showCaption: true, pageSize: 8}
  );
}

const FACTS: Record<string, string> = {
  as_of: "As of",
  built_at: "Built at (UTC)",
  company: "Company",
  input_hash: "Hash of all inputs",
  is_synthetic: "Synthetic",
  seed: "Seed",
  version: "Manifest version",
  versions: "Versions",
  workspace: "Workspace"
};

/** What the build was made of. */
export function Manifest(site: SiteData, {manifest}: QualityData): HTMLElement {
  return html`<section>
    ${site.about ? html`<p>${site.about}</p>` : null}
    ${PlainTable(
      manifest.map(({fact, value}) => ({
        fact: FACTS[fact] ?? fact,
        value: fact === "versions" ? versions(value) : value
      })),
      [
        {key: "fact", label: "Build", unit: "text"},
        {key: "value", label: "Value", unit: "text"}
      ],
      {caption: "Manifest"}
    )}
  </section>`;
}

/** "weir 0.1.0, node 20.20.2, duckdb v1.5.5" */
function versions(json: string): string {
  const {engine, ...rest} = JSON.parse(json) as Record<string, string>;
  return [...Object.entries(rest).map(([name, version]) => `${name} ${version}`), engine].join(", ");
}

function Examples(json: string): HTMLElement {
  const rows = JSON.parse(json) as Record<string, unknown>[];
  const keys = Object.keys(rows[0] ?? {});
  return DataTable(
    rows.map((row) =>
      Object.fromEntries(keys.map((key) => [key, row[key] === null ? null : String(row[key])]))
    ),
    keys.map((key) => ({key, label: key.replaceAll("_", " "), unit: "text" as const})),
    {caption: "Examples", csv: false, search: false}
  );
}
