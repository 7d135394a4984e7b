/** The site of a partner that has registered and has no deal: its database passes every check and holds its registrations alone. */
import {expect, test} from "vitest";
import {partnersData} from "../../loaders/pages/partnersData.ts";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {smallWorkspace} from "../support/buildSmall.ts";
import {narrowedFor} from "./smallFirm.ts";

test("a partner that has only registered has a database of its registrations, from which its page is made", async () => {
  const small = smallWorkspace();
  try {
    small.write(
      "portal.csv",
      "Id,Partner,Customer,Submitted,Status\nR1,Newcomer,Nowhere Limited,2026-02-01,submitted\nR2,Acme Partners,Other,2026-02-01,submitted\n"
    );
    small.change(
      "workspace.yaml",
      "  - path: partners.csv",
      `  - path: portal.csv
    maps:
      - table: registration
        columns: {registration_id: Id, partner_id: Partner, end_customer_name: Customer, submitted_at: Submitted, status: Status}
  - path: partners.csv`
    );
    small.change(
      "workspace.yaml",
      "files:",
      "audiences:\n  partners: {title: Partner, pages: [deals, partners], each: partner}\nfiles:"
    );
    await narrowedFor(small, {new: "Partner: Newcomer"}, ["new"], async (_, {rows, manifest, paths}) => {
      expect(rows).toMatchObject({deal: 0, deal_event: 0, registration: 1, partner: 0});
      expect(
        manifest.checks.filter(({severity, n_failures}) => severity === "error" && n_failures > 0)
      ).toEqual([]);
      const {own, origins} = await withWarehouse(partnersData, paths.warehouse);
      expect([own.n, origins.n]).toEqual([1, 0]);
      expect(own.columns["customer"]).toMatchObject({values: ["Nowhere Limited"]});
    });
  } finally {
    small.remove();
  }
});
