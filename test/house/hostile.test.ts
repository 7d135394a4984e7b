/** What is opened in Chromium with hostile names has them in every place: else no page shows how it treats one there. */
import {expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {hostileSmall} from "../browser/hostile.ts";

const NAMED = ["deal_name", "account_name", "owner", "partner", "product", "product_family"];

test("deals, customers, owners, partners, products and families each have a name that is markup", async () => {
  const small = hostileSmall();
  try {
    await small.build({relations: ["deals"]});
    const engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
    try {
      for (const column of NAMED) {
        const [row] = await engine.rows<{n: number}>(
          `select count(*)::integer as n from marts.deals where contains(${column}, 'alert(')`
        );
        expect(row!.n, column).toBeGreaterThan(0);
      }
    } finally {
      engine.close();
    }
  } finally {
    small.remove();
  }
});
