import {withWarehouse} from "../warehouse/openWarehouse.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {type Command, WORKSPACE_HELP, WORKSPACE_OPTIONS} from "./command.ts";
import {prepareWarehouse, prepareWorkspace} from "./prepare.ts";

const STATUSES = ["matched", "unsure", "unmatched"] as const;

interface MatchRow {
  registration_id: string;
  partner: string | null;
  end_customer_name: string | null;
  submitted_on: string | null;
  estimated_amount_base: number | null;
  match_status: (typeof STATUSES)[number];
  match_basis: string;
  match_score: number | null;
  match_evidence: string;
  likely_deal_id: string | null;
  deal_name: string | null;
  account_name: string | null;
  outcome: string | null;
  deal_amount_base: number | null;
  second_deal_id: string | null;
  second_score: number | null;
}

/** Which partner registrations are which CRM deals; the doubtful ones as lines for matches.yaml. */
export const matches: Command = {
  usage: "[--workspace DIR] [--files DIR] [--status matched|unsure|unmatched] [--json]",
  options: {...WORKSPACE_OPTIONS, status: {type: "string"}, json: {type: "boolean"}},
  help: {
    ...WORKSPACE_HELP,
    status: "matched, unsure (the default) or unmatched",
    json: "print all columns as JSON"
  },
  async run(context) {
    const status = String(context.options["status"] ?? "unsure") as (typeof STATUSES)[number];
    if (!STATUSES.includes(status))
      throw new WeirError("weir matches: no such status", {
        exitCode: EXIT.config,
        problems: [{what: "unknown status", field: "--status", value: status, expected: STATUSES.join(", ")}]
      });
    const prepared = await prepareWorkspace(context);
    await prepareWarehouse(prepared, context);
    const rows = await withWarehouse(
      (engine) =>
        engine.rows<MatchRow>(
          `select registration_id, partner, end_customer_name, submitted_on::varchar as submitted_on,
             estimated_amount_base::double as estimated_amount_base, match_status, match_basis, match_score, match_evidence,
             likely_deal_id, deal_name, account_name, outcome, deal_amount_base::double as deal_amount_base,
             second_deal_id, second_score
           from marts.registrations where match_status = $status
           order by estimated_amount_base desc nulls last, registration_id`,
          {status}
        ),
      prepared.paths.warehouse
    );
    context.reporter.note(`   ${rows.length} ${status}`);
    if (context.options["json"]) {
      context.print(JSON.stringify({version: 1, status, registrations: rows}, null, 2));
      return EXIT.ok;
    }
    if (rows.length > 0) context.print("decisions:");
    for (const row of rows) for (const line of asYaml(row)) context.print(line);
    return EXIT.ok;
  }
};

/** What is known, as comments, and the decision as it would read if the proposal is right; a person edits it. */
function asYaml(row: MatchRow): string[] {
  const id = (value: string | null) => JSON.stringify(value);
  const money = (value: number | null) => (value === null ? "no amount" : value.toFixed(2));
  const said = [row.end_customer_name, money(row.estimated_amount_base), row.submitted_on, row.partner];
  const deal = [row.deal_name, row.account_name, money(row.deal_amount_base), row.outcome];
  const scored = row.match_score === null ? row.match_basis : `score ${row.match_score.toFixed(2)}`;
  return [
    `  # ${oneLine(said)}`,
    ...(row.likely_deal_id === null ? [] : [`  #   deal ${row.likely_deal_id}: ${oneLine(deal)}`]),
    `  #   ${scored}: ${row.match_evidence.replaceAll(/\s+/g, " ")}`,
    ...(row.second_deal_id === null
      ? []
      : [`  #   next: deal ${row.second_deal_id}, score ${row.second_score!.toFixed(2)}`]),
    `  - {registration: ${id(row.registration_id)}, deal: ${id(row.likely_deal_id)}}`
  ];
}

function oneLine(parts: readonly (string | null)[]): string {
  return parts
    .filter((part) => part !== null)
    .join(", ")
    .replaceAll(/\s+/g, " ");
}
