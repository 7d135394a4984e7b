/** What partners are owed and paid by records of the programme that say it oddly. */
import {describe, expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";

describe("money of the programme", () => {
  const NONE = "Acme Partners,2026-01-15,training,,completed,\n";
  const PAYOUTS =
    "select concat_ws(' | ', partner, rate, owed_amount, paid_amount, n_payouts, class) as said from marts.partner_payouts order by said";
  const withProgramme = async (
    status: string,
    payouts: string,
    use: (said: string[], parts: string[]) => void,
    alter: (small: SmallWorkspace) => void = () => {}
  ) => {
    const small = smallWorkspace();
    try {
      small.change(
        "workspace.yaml",
        "base_currency: USD",
        `base_currency: USD
partner_program:
  payout_due_days: 30
  payout_rules:
    - {part: registered, rate: 0.1}
    - {part: any, rate: 0.05}`
      );
      small.change(
        "workspace.yaml",
        "  - path: partners.csv",
        `  - path: portal.csv
    maps:
      - table: registration
        columns: {registration_id: Id, partner_id: Partner, end_customer_name: Customer, submitted_at: Submitted, decided_at: Submitted, status: Status, deal_id: Deal}
  - path: payouts.csv
    maps:
      - table: partner_event
        columns: {partner_id: Partner, at: At, kind: Kind, amount: Amount, status: Status, deal_id: Deal}
  - path: partners.csv`
      );
      small.write(
        "portal.csv",
        `Id,Partner,Customer,Submitted,Status,Deal\nR1,Acme Partners,Customer,2026-01-05,${status},D2\n`
      );
      small.write("payouts.csv", `Partner,At,Kind,Amount,Status,Deal\n${payouts}`);
      alter(small);
      await small.build({relations: ["partner_payouts", "deal_partners"]});
      const engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
      try {
        const said = await engine.rows<{said: string}>(PAYOUTS);
        const parts = await engine.rows<{said: string}>(
          "select evidence as said from marts.deal_partners where deal_id = 'D2'"
        );
        use(
          said.map((row) => row.said),
          parts.map((row) => row.said)
        );
      } finally {
        engine.close();
      }
    } finally {
      small.remove();
    }
  };

  test("is owed for a registration that was approved, not for one whose status nobody knows", async () => {
    await withProgramme("approved", NONE, (said, parts) => {
      expect(said).toEqual(["Acme Partners | 0.1 | 240.03 | 0.00 | 0 | late"]);
      expect(parts).toEqual(["registration"]);
    });
    await withProgramme("frobnicated", NONE, (said, parts) => {
      expect(said).toEqual(["Acme Partners | 0.05 | 120.02 | 0.00 | 0 | late"]);
      expect(parts).toEqual(["registration, its status not known"]);
    });
  });

  const PAID = "Acme Partners,2026-04-10,payout,240.03,paid,D2\n";
  const TAKEN_BACK = "Acme Partners,2026-04-20,payout,-240.03,reversed,D2\n";
  test.each([
    ["taken back is paid no more", `${PAID}${TAKEN_BACK}`, "0.00 | 2 | paid too little"],
    ["called reversed itself is not paid", PAID.replace("paid,D2", "reversed,D2"), "0.00 | 0 | late"],
    [
      "called reversed, with what took it back, is taken back once",
      `${PAID.replace("paid,D2", "reversed,D2")}${TAKEN_BACK}${PAID}`,
      "240.03 | 1 | as ruled"
    ],
    [
      "of two payouts that were taken back one is called reversed itself: nothing is left of either",
      `${PAID}${PAID.replace("paid,D2", "reversed,D2")}${TAKEN_BACK}${TAKEN_BACK}`,
      "0.00 | 2 | paid too little"
    ]
  ])("%s", async (_, payouts, expected) => {
    await withProgramme("approved", payouts, (said) => {
      expect(said).toEqual([`Acme Partners | 0.1 | 240.03 | ${expected}`]);
    });
  });

  test("of a won deal without an amount nobody can say what is owed, with a cap or without one", async () => {
    for (const cap of ["", ", at_most: 500"])
      await withProgramme(
        "approved",
        NONE,
        (said) => expect(said).toEqual(["Acme Partners | 0.1 | 0.00 | 0 | the deal has no amount"]),
        (small) => {
          small.change("deals.csv", "Won,2000.25,EUR", "Won,,EUR");
          if (cap !== "") small.change("workspace.yaml", "rate: 0.1}", `rate: 0.1${cap}}`);
        }
      );
  });
});
