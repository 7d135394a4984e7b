/** Exports of other systems as people pull them: amounts with currencies in them, a view of Dynamics 365, a portal's registrations. */
import {describe, expect, test} from "vitest";
import {folderFor, withFolder} from "./exportFolder.ts";

const ofDeals = folderFor("deals");

/** The text of workspace.yaml with its comments unwrapped. */
async function initOf(content: Record<string, string>): Promise<string> {
  return withFolder({content}, async ({found}) => found.text.replaceAll(/\n\s*#\s+/g, " "));
}

describe("amounts that say their currency", () => {
  const plain = (...amounts: string[]) =>
    `ID,Stage,Amount,Close Date,Created\n${amounts.map((amount, i) => `${i},${i ? "Open" : "Won"},"${amount}",2024-03-01,2024-01-01\n`).join("")}`;
  const read = async (answers: string, ...amounts: string[]) =>
    ofDeals({content: {"deals.csv": plain(...amounts)}, answers}, async ({build, rows: ask}) => {
      await build();
      return (await ask("select amount::varchar as amount, currency from source.deal order by deal_id")).map(
        ({amount, currency}) => [amount, currency].filter((each) => each !== null).join(" ")
      );
    });

  test.each([
    [
      ["71\u202F000,00\u00A0€", "1\u202F500,50\u00A0€"],
      ["71000.00 EUR", "1500.50 EUR"]
    ],
    [
      ["CHF 71’000.00", "CHF 1'500.50"],
      ["71000.00 CHF", "1500.50 CHF"]
    ]
  ])("%j are read to the cent", async (amounts, expected) => {
    expect(await read("", ...amounts)).toEqual(expected);
  });

  test("in several currencies give each deal its own, and one without is of the base currency", async () => {
    const rates = "exchange_rates: [{currency: EUR, rate: 1.1}]\n";
    expect(await read(rates, "$71,000.00", "USD 5", "€1,500.50", "9,000")).toEqual([
      "71000.00 USD",
      "5.00 USD",
      "1500.50 EUR",
      "9000.00"
    ]);
  });

  test("that are shortened are left out, and that is said", async () => {
    expect(await initOf({"deals.csv": plain("$71k", "$1.5k")})).toMatch(
      /Amount is left out: 2 of its 2 values are not an amount.* shortened; export it in full/
    );
  });
});

test("a portal's registrations are told by the words that people write over them", async () => {
  const content = {
    "deals.csv":
      "ID,Stage,Amount,Close Date,Created\n1,Open,5,2024-03-01,2024-01-01\n2,Won,5,2024-02-01,2024-01-01\n",
    "regs.csv":
      "Deal Registration ID,Partner Account Name,Customer Company Name,Estimated Deal Value,Submitted Date,Status,CRM Opportunity ID\nR1,Acme,Fir,5,2024-01-01,Approved,1\nR2,Acme,Elm,5,2024-01-01,Greenlit,2\nR3,Acme,Oak,5,2024-01-01,,1\nR4,Acme,Yew,5,2024-01-01,Draft,1\n",
    "orders.csv": "order_id,ordered_on\nO1,2024-02-02\n"
  };
  await withFolder({content}, async ({found, build, rows: ask}) => {
    expect(found.files).toMatchObject([
      {file: "deals.csv"},
      {file: "orders.csv", notes: []},
      {file: "regs.csv", is: "Partner portal registrations", unread: []}
    ]);
    await build();
    // The CRM's exports name no partner at all, so that none is missing on a deal; nobody knows what "Greenlit" means, and of none at all there
    // is nothing to recode. A draft nobody has to decide on.
    expect(await ask("select registration_id, class, mend from marts.partner_ledger order by 1")).toEqual([
      {registration_id: "R1", class: "not said in the CRM", mend: null},
      {
        registration_id: "R2",
        class: "status not known",
        mend: "say in workspace.yaml what the status means, by recode"
      },
      {
        registration_id: "R3",
        class: "status not known",
        mend: "map the portal's status column, or fill in the status there"
      }
    ]);
    expect(
      await ask("select record, partner from marts.partner_doubts where treatment like 'not counted%'")
    ).toEqual([{record: "R4", partner: "Acme"}]);
  });
});

describe("a view of Dynamics 365", () => {
  const HEADER =
    "(Do Not Modify) Opportunity,Topic,Est. close date,Est. revenue,Status,Pipeline Phase,Created On,Actual Close Date,Actual Revenue,Currency";
  const content = {
    "view.csv": `\uFEFF${HEADER}\r\n${[
      'a,A,3/31/2024,"$5,000.00",Open,2-Develop,1/2/2024 9:30 AM,,,US Dollar',
      'b,B,2/29/2024,"€7,000.00",Won,,1/3/2024 2:05 PM,2/14/2024,"€6,500.00",Euro',
      'c,C,2/29/2024,"$9,000.00",Lost,1-Qualify,1/4/2024 4:00 PM,2/20/2024,,US Dollar',
      'd,D,4/30/2024,"$1,000.00",Open,1-Qualify,1/25/2024 8:00 AM,,,US Dollar'
    ].join("\r\n")}\r\n`
  };

  test("is read with its labels, American days, signs, names of currencies and numbered phases", async () => {
    const answers =
      "exchange_rates: [{currency: EUR, rate: 1.1}, {currency: EUR, rate: 1.2, since: 2024-02-01}]\n";
    await ofDeals({content, answers}, async ({found, build, rows: ask}) => {
      expect(found.pipelines[0]!.stages.map(({id}) => id)).toEqual(["1-Qualify", "2-Develop", "won", "lost"]);
      await build();
      expect(
        await ask(`select deal_id, stage_id, outcome, created_on::varchar as created_on, closed_on::varchar as closed_on,
            close_on::varchar as close_on, amount_base::varchar as amount_base
          from marts.deals order by deal_id`)
      ).toEqual(
        [
          ["a", "2-Develop", "open", "2024-01-02", null, "2024-03-31", "5000.00"],
          ["b", "won", "won", "2024-01-03", "2024-02-14", "2024-02-14", "7800.00"],
          ["c", "lost", "lost", "2024-01-04", "2024-02-20", "2024-02-20", "9000.00"],
          ["d", "1-Qualify", "open", "2024-01-25", null, "2024-04-30", "1000.00"]
        ].map(([deal_id, stage_id, outcome, created_on, closed_on, close_on, amount_base]) => ({
          deal_id,
          stage_id,
          outcome,
          created_on,
          closed_on,
          close_on,
          amount_base
        }))
      );
      expect(
        await ask(
          `select currency, nullif("on", date '0001-01-01')::varchar as since, rate from source.fx_rate order by 3`
        )
      ).toEqual([
        {currency: "EUR", since: null, rate: 1.1},
        {currency: "EUR", since: "2024-02-01", rate: 1.2}
      ]);
    });
  });

  test("whose stages are numbers has the standard ones", async () => {
    const text = await initOf({
      "opportunity.csv":
        "opportunityid,name,statecode,estimatedvalue,salesstage\na,A,0,5,0\nb,B,1,5,3\nc,C,0,5,2\n"
    });
    expect(text).toMatch(/id: Qualify, kind: open.*id: Propose, kind: open.*id: Close, kind: open/s);
    expect(text).not.toMatch(/cannot be left out/);
  });
});
