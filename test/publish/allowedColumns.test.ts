import {describe, expect, test} from "vitest";
import {allowedColumns, REACH} from "../../loaders/publish/allowedColumns.ts";
import {CANONICAL_TABLE_NAMES, canonicalTable} from "../../loaders/workspace/canonicalTables.ts";

const config = {
  custom_attributes: [{name: "margin", table: "deal" as const, type: "text" as const, slice: false}]
};

function allowed(audience: {each?: string; show?: string[]; hide?: string[]}) {
  return allowedColumns(
    {
      audience: {
        title: "",
        pages: [],
        show: audience.show ?? [],
        hide: audience.hide ?? [],
        ...(audience.each ? {each: audience.each} : {})
      }
    },
    config as never
  );
}

describe("the columns that are published", () => {
  test("are decided for every canonical column: a new one fails here until somebody has", () => {
    for (const table of CANONICAL_TABLE_NAMES)
      expect(Object.keys(REACH[table]).sort(), table).toEqual(
        Object.keys(canonicalTable(table).columns).sort()
      );
  });

  test("are never free text, people of customers, domains or custom attributes, unless named", () => {
    for (const each of [undefined, "partner"]) {
      const columns = allowed({...(each ? {each} : {})});
      for (const column of ["next_step", "loss_reason", "x_margin"])
        expect(columns.get("deal")).not.toContain(column);
      expect(columns.get("account")).not.toContain("domain");
      expect(columns.get("registration")).not.toContain("reject_reason");
      expect(columns.get("deal_partner")).not.toContain("evidence");
      expect(columns.get("touch")).not.toContain("person");
      expect(columns.get("deal_contact")!.size).toBe(0);
    }
    expect(allowed({show: ["deal.x_margin", "deal.next_step"]}).get("deal")).toEqual(
      new Set([...allowed({}).get("deal")!, "next_step", "x_margin"])
    );
  });

  test("are fewer outside the firm: no campaigns, quotas, costs or the firm's own forecast of a deal", () => {
    const outside = allowed({each: "partner"});
    expect(outside.get("deal")).not.toContain("forecast_category");
    for (const table of ["campaign", "quota", "lead", "touch", "material", "campaign_cost"] as const) {
      expect(outside.get(table)!.size, table).toBe(0);
      expect(allowed({}).get(table)!.size, table).toBeGreaterThan(0);
    }
  });

  test("leave a table without rows when a column is hidden that its rows need", () => {
    expect(allowed({hide: ["activity.at"]}).get("activity")!.size).toBe(0);
    expect(allowed({hide: ["account.name"]}).get("account")).toEqual(
      new Set([...allowed({}).get("account")!].filter((column) => column !== "name"))
    );
  });

  test("take along what tells the same as a hidden one, unless it is named", () => {
    const without = allowed({hide: ["deal.amount", "account.name"], show: ["invoice.amount"]});
    for (const [table, column] of [
      ["deal", "amount"],
      ["deal", "recurring_amount"],
      ["deal", "name"],
      ["deal_line", "amount"],
      ["order", "amount"],
      ["shipment", "amount"],
      ["registration", "end_customer_name"]
    ] as const) {
      expect(allowed({}).get(table), `${table}.${column}`).toContain(column);
      expect(without.get(table), `${table}.${column}`).not.toContain(column);
    }
    // A contract without its money means nothing.
    expect(without.get("subscription")!.size).toBe(0);
    expect(without.get("invoice")).toContain("amount");
  });
});
