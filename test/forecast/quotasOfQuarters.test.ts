/** What publishing takes for a quarter's target. */
import {expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {readPublishFacts} from "../../loaders/forecast/buildForecast.ts";
import {isoOf} from "../../loaders/forecast/history/calendar.ts";
import {smallWorkspace} from "../support/buildSmall.ts";

// A firm that plans month by month was told that a third of its quarter was the whole.
test("quotas are a quarter's target where each of its months has one, whoever has it", async () => {
  const small = smallWorkspace();
  try {
    small.write(
      "quotas.csv",
      `Person,From,To,Quota
P1,2026-01-01,2026-03-31,3000.00
P1,2026-04-01,2026-04-30,1000.00
P2,2026-04-01,2026-05-31,1000.00
P1,2026-07-01,2026-08-31,500.00
P2,2026-09-01,2026-09-30,250.50
`
    );
    await small.build({relations: ["quotas", "deals"]});
    const engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
    try {
      const {quotas} = await readPublishFacts(engine, 1);
      expect([...quotas].map(([day, amount]) => `${isoOf(day)} ${amount}`).sort()).toEqual([
        "2026-01-01 3000",
        "2026-07-01 750.5"
      ]);
    } finally {
      engine.close();
    }
  } finally {
    small.remove();
  }
});
