/** Exports whose amounts say their currencies: what init makes of the signs, and what is built. */
import {describe, expect, test} from "vitest";
import {folderFor, refusedBuild, withFolder} from "./exportFolder.ts";

const flat = (text: string) => text.replaceAll(/\n\s*#\s+/g, " ");
const STAGES = ["Closed Won", "Closed Lost", "Proposal"];
const dealsOf = (amounts: readonly string[], currency = "") => ({
  "deals.csv": `Deal ID,Deal Name,Stage,Amount,Close Date,Created Date,Owner,Currency\n${amounts
    .map((amount, i) => `D${i},N${i},${STAGES[i % 3]},"${amount}",2026-01-10,2025-11-01,Ann,${currency}\n`)
    .join("")}`
});
const dollars = Array.from({length: 6}, (_, i) => `$${i + 1},000.00`);

describe("signs of amounts", () => {
  test("that several currencies have are asked about, with what to write, and read as it says", async () => {
    const amounts = Array.from(
      {length: 12},
      (_, i) => [`${i + 1}.000,00 €`, `¥${i + 1}.500.000,00`, `${i + 1}.250,50 kr`].at(i % 3)!
    );
    const content = dealsOf(amounts);
    await withFolder({content}, async (folder) => {
      expect(flat(folder.found.text)).toMatch(
        /QUESTION: which currency is kr \(4 amounts: DKK, ISK, NOK, SEK\) and ¥ \(4 amounts: JPY, CNY\)\? .*signs: \{"kr": DKK, "¥": JPY\}/
      );
      expect(folder.found.text).toMatch(/currency_sign: any, decimal: ",", thousands: "\."/);
      expect(await refusedBuild(folder)).toMatch(/a sign that several currencies have/);
    });
  });

  test("of a currency nobody knows among known ones stop the build, and no amount is read as nothing", async () => {
    const amounts = [...Array.from({length: 35}, (_, i) => (i % 2 ? "$1,000.00" : "€900.00")), "¥500,000.00"];
    await withFolder({content: dealsOf(amounts)}, async (folder) => {
      expect(folder.found.text).not.toMatch(/recode/);
      expect(await refusedBuild(folder)).toMatch(/"field":"Amount","value":"¥500,000.00"/);
    });
  });

  test("give won deals of Dynamics the currency of their actual value, the others that of the estimate", async () => {
    const content = {
      "opportunities.csv":
        "opportunityid,name,statecode,stepname,estimatedvalue,actualvalue,estimatedclosedate,actualclosedate,createdon\n" +
        'D1,A,Open,Qualify,"$1,000.00",,2026-05-10,,2025-11-01\nD2,B,Won,Close,,"€8,500.00",2026-01-10,2026-01-10,2025-11-01\n' +
        'D3,C,Lost,Close,"USD 2,000.00",,2026-01-10,2026-01-10,2025-11-01\n'
    };
    const answers = "exchange_rates: [{currency: EUR, rate: 2}]\n";
    await folderFor("deals")({content, answers}, async ({build, rows}) => {
      await build();
      expect(
        await rows(
          "select currency_code as currency, amount_base::varchar as base from marts.deals order by deal_id"
        )
      ).toEqual([
        {currency: "USD", base: "1000.00"},
        {currency: "EUR", base: "17000.00"},
        {currency: "USD", base: "2000.00"}
      ]);
    });
  });

  test("of deals are the company's currency; campaigns in another need its rate, revenue in two is left out", async () => {
    const content = {
      ...dealsOf(dollars),
      "Campaign.csv":
        "Id,Name,Type,Status,StartDate,EndDate,BudgetedCost,ActualCost\n7011,One,Event,Completed,2025-12-01,2025-12-31,,€900.00\n",
      "Account.csv": "Id,Name,Industry,AnnualRevenue\n0011,One,X,€900.00\n0012,Two,X,$900.00\n"
    };
    await withFolder({content}, async (folder) => {
      const text = flat(folder.found.text);
      expect(text).toMatch(/amounts are in EUR too.*\nbase_currency: USD/);
      expect(text).toMatch(/AnnualRevenue is left out: 2 of its 2 values/);
      expect(await refusedBuild(folder)).toMatch(/chk_fx_rate_known/);
    });
  });

  test("in a log are its deals', which the deals say: they are read, and not asked about", async () => {
    const content = {
      "Opportunity.csv":
        "Id,Name,StageName,IsClosed,IsWon,Amount,CurrencyIsoCode,CloseDate,CreatedDate,OwnerId\n" +
        "006000000000001AAA,A,Closed Won,true,true,1000.00,EUR,2026-01-10,2025-11-01T00:00:00.000Z,005000000000001AAA\n" +
        "006000000000002AAA,B,Closed Won,true,true,20.00,USD,2026-01-10,2025-11-01T00:00:00.000Z,005000000000001AAA\n",
      "OpportunityHistory.csv":
        "Id,OpportunityId,StageName,Amount,CloseDate,CreatedDate,CreatedById\n" +
        "008000000000001AAA,006000000000001AAA,Closed Won,€1000.00,2026-01-10,2025-12-01T00:00:00.000Z,005000000000001AAA\n" +
        "008000000000002AAA,006000000000002AAA,Closed Won,USD 20.00,2026-01-10,2025-12-01T00:00:00.000Z,005000000000001AAA\n"
    };
    await withFolder({content}, async ({found}) => {
      expect(found.text).toMatch(/currency_sign: any/);
      expect(flat(found.text)).not.toMatch(/as their cells say/);
    });
  });

  test("that contradict the column of currencies stop the build", async () => {
    const content = dealsOf(Array<string>(6).fill("€900.00"), "USD");
    await withFolder({content}, async (folder) =>
      expect(await refusedBuild(folder)).toMatch(/"value":"USD €900.00"/)
    );
  });
});
