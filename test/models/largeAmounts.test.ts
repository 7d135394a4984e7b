import {expect, it} from "vitest";
import {withBuilt} from "./timeCase.ts";

it("amounts of millions, in any currency, do not outgrow the arithmetic", async () => {
  const born = {stage: "Won", created_at: "2024-01-01T12:00:00Z", closed_at: "2024-04-01T12:00:00Z"};
  const deals = [
    {...born, id: "A", amount: "9999999999999.99", currency: "USD"},
    {...born, id: "B", amount: "250000000.00", currency: "JPY"}
  ];
  const rates = [{currency: "JPY", on: "2023-01-01", rate: "0.0066666667"}];
  await withBuilt({deals, rates}, async ({engine}) => {
    const rows = await engine.rows(
      "select deal_id, amount_base::varchar as usd from marts.deals order by deal_id"
    );
    expect(rows).toEqual([
      {deal_id: "A", usd: "9999999999999.99"},
      {deal_id: "B", usd: "1666666.68"}
    ]);
  });
});
