import {expect, test} from "vitest";
import {openDuckDb} from "../../../loaders/engine/duckdb.ts";
import {partnerCounts} from "../../../loaders/publish/peers/partnerCounts.ts";
import {smallWorkspace} from "../../support/buildSmall.ts";

const RELATIONS = [
  "partners",
  "deal_partners",
  "deals",
  "registrations",
  "int_deal_span",
  "int_registration"
];

test("a firm that the list and its portal know by two ids is counted under each, and as one with each deal once", async () => {
  const small = smallWorkspace();
  try {
    small.change(
      "workspace.yaml",
      / {6}- table: partner\n.*\n.*\n {6}- table: deal_partner\n.*/,
      `      - table: deal_partner
        columns: {deal_id: Deal ID, partner_id: Partner, role: Role}
  - path: list.csv
    maps:
      - table: partner
        columns: {partner_id: Id, name: Name, tier: Tier}
  - path: portal.csv
    maps:
      - table: registration
        columns: {registration_id: Id, partner_id: Partner, partner_name: Name, end_customer_name: Customer, submitted_at: Submitted, decided_at: Submitted, status: Status, deal_id: Deal}`
    );
    // Both ids have a part in D2: the one in the CRM, the other by its registration.
    small.write("list.csv", "Id,Name,Tier\nAcme Partners,Acme,Gold\nZeno,Zeno,\n");
    small.write(
      "portal.csv",
      "Id,Partner,Name,Customer,Submitted,Status,Deal\nR1,pk_17,Acme,Customer,2026-01-05,converted,D2\nR2,Zeno,Zeno,Other,2026-01-06,rejected,\n"
    );
    await small.build({relations: RELATIONS});
    const engine = await openDuckDb(":memory:");
    try {
      await engine.run(`attach '${small.paths.warehouse}' as firm (read_only)`);
      const {partners} = await partnerCounts(engine, "firm.");
      const one = {successes: 1, trials: 1};
      const of = (id: string) => partners.find(({partnerId}) => partnerId === id)!;
      expect(partners.map(({partnerId}) => partnerId).sort()).toEqual(["Acme Partners", "Zeno", "pk_17"]);
      // Each has its own records, and both are told to be of the one firm, by its first id.
      const [listed, portal] = [of("Acme Partners"), of("pk_17")];
      expect([listed.counts.win_rate, listed.counts.approval]).toEqual([one, undefined]);
      expect([portal.counts.win_rate, portal.counts.approval]).toEqual([one, one]);
      expect(listed.firm).toMatchObject({firmId: "Acme Partners", kind: null, tier: "Gold"});
      expect(listed.firm!.counts).toMatchObject({win_rate: one, approval: one});
      expect(portal.firm).toBe(listed.firm);
      expect(of("Zeno")).not.toHaveProperty("firm");
    } finally {
      engine.close();
    }
  } finally {
    small.remove();
  }
});
