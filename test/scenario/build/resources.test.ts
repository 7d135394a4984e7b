/** What money and people go to now, asked of a warehouse: the same records count as on the pages about them. */
import {expect, test} from "vitest";
import {openDuckDb} from "../../../loaders/engine/duckdb.ts";
import {RESOURCE_SQL} from "../../../loaders/scenario/resourceSql.ts";
import {smallWorkspace} from "../../support/buildSmall.ts";

test("market funds are those paid, in base currency, by any of their names", async () => {
  const small = smallWorkspace();
  try {
    small.change(
      "workspace.yaml",
      "  - path: quotas.csv",
      `  - path: programme.csv
    maps:
      - table: partner_event
        columns: {partner_id: Partner, at: At, kind: Kind, amount: Amount, currency: Currency, status: Status}
  - path: quotas.csv`
    );
    small.change("partners.csv", /$/, "D4,Zeno,sourced\n");
    // The as-of day is 2026-05-05; a euro is 1.20 dollars since March.
    small.write(
      "programme.csv",
      `Partner,At,Kind,Amount,Currency,Status
Acme Partners,2026-03-10,market_fund_claim,600.00,USD,paid
Acme Partners,2026-03-11,market_fund_claim,250.00,USD,submitted
Acme Partners,2026-03-12,market_fund_claim,1000.00,USD,rejected
Acme Partners,2026-03-13,market_fund_claim,100.00,EUR,paid
Acme Partners,2025-03-13,market_fund_claim,70.00,USD,paid
Acme Partners,2026-06-13,market_fund_claim,80.00,USD,paid
Acme Partners,2026-03-14,market_fund_request,5000.00,USD,approved
Zeno,2026-03-10,MDF claim,400.00,USD,paid
`
    );
    await small.build({relations: ["partner_events", "partners", "deals"]});
    const engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
    try {
      const {options} = RESOURCE_SQL.find(({key}) => key === "market_funds")!;
      const rows = await engine.rows<{name: string; today: number; value: number}>(options);
      expect(rows.map(({name, today, value}) => [name, today, value]).sort()).toEqual([
        ["Acme Partners", 720, 2400.3],
        ["Zeno", 400, 300.4]
      ]);
      const [paid] = await engine.rows<{said: string}>(
        "select string_agg(fund_claimed::varchar, ', ' order by partner) as said from marts.partners"
      );
      // Since the exports begin, on the other page.
      expect(paid!.said).toBe("790.00, 400.00");
    } finally {
      engine.close();
    }
  } finally {
    small.remove();
  }
});
