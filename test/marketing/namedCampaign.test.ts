/** What a deal says of its own campaign, against the days on which records say that this campaign touched it. As of 2026-05-05. */
import {expect, test} from "vitest";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import {smallWorkspace} from "../support/buildSmall.ts";

const MAPS = `  - path: touches.csv
    maps:
      - table: touch
        columns: {touch_id: Id, at: At, campaign_id: Campaign, deal_id: Deal}
  - path: history.csv`;

/** Every deal names C1. D2 was won on 20 March, D3 lost on 1 March, D4 won on 15 April; D5 and D9 are open. */
const TOUCHES = `Id,At,Campaign,Deal
T1,2026-03-25T10:00:00Z,C1,D2
T2,2026-02-12T10:00:00Z,C1,D3
T3,2026-04-15T22:00:00Z,C1,D4
T4,2026-05-06T10:00:00Z,C1,D5
T5,2026-05-05T10:00:00Z,C1,D9
`;

test("a deal's own campaign came later where a record says so, but for records after the as-of day or after the close", async () => {
  const small = smallWorkspace();
  try {
    small.change("workspace.yaml", "  - path: history.csv", MAPS);
    small.change(
      "workspace.yaml",
      "          vertical: Vertical",
      "          vertical: Vertical\n          campaign_id: Campaign"
    );
    small.change("deals.csv", /^(Deal ID.*)$/m, "$1,Campaign");
    small.change("deals.csv", /^(D\d.*)$/gm, "$1,C1");
    small.write("touches.csv", TOUCHES);
    await small.build({relations: ["campaign_deals"]});
    const engine = await openDuckDb(small.paths.warehouse, {readOnly: true});
    try {
      const rows = await engine.rows<{said: string}>(
        `select deal_id || ' ' || part as said from marts.campaign_deals
         where deal_id in ('D2', 'D3', 'D4', 'D5', 'D9') order by deal_id`
      );
      expect(rows.map(({said}) => said)).toEqual([
        "D2 sourced",
        "D3 influenced",
        "D4 influenced",
        "D5 sourced",
        "D9 influenced"
      ]);
    } finally {
      engine.close();
    }
  } finally {
    small.remove();
  }
});
