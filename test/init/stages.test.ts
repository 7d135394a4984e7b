/** The stages init finds: from deals, their flags and their logs, so that what it writes builds as it is. */
import {describe, expect, test} from "vitest";
import {folderFor} from "./exportFolder.ts";

const withFolder = folderFor("deals", "stage_entries", "daily_pipeline");

const ID = "0068d000002OrZ";

/** Stages of the only pipeline as `name kind`. */
async function stagesOf(content: Record<string, string>): Promise<string[]> {
  return withFolder({content}, async ({found, build}) => {
    await build();
    expect(found.pipelines).toHaveLength(1);
    return found.pipelines[0]!.stages.map(({id, kind}) => `${id} ${kind}`);
  });
}

describe("stages", () => {
  test("whose names tell no order stand as most deals entered them, whatever some skipped or went back to", async () => {
    const walk = ["Termin", "Bedarf", "Angebot", "Verhandlung"];
    const day = (n: number) => `${String(n).padStart(2, "0")}.03.2024 10:00`;
    const moves = Array.from({length: 30}, (_, deal) => {
      const order = deal % 5 === 0 ? [walk[1]!, walk[0]!, ...walk.slice(2)] : walk;
      return order
        .filter((_, i) => (deal + i) % 4 !== 0)
        .map((stage, i) => `${deal},dealstage,${stage},${day(i + 1)}\n`);
    });
    // By how many deals stand in each the order would be the other way round.
    const deals = Array.from({length: 30}, (_, deal) => {
      const stage = deal < 14 ? "Verhandlung" : deal < 22 ? "Angebot" : deal < 26 ? "Bedarf" : "Termin";
      return `${deal},D${deal},${stage},2024-09-20T09:00:00Z,2024-03-01T08:00:00Z\n`;
    });
    const content = {
      "deals.csv": `hs_object_id,dealname,dealstage,closedate,createdate\n${deals.join("")}`,
      "history.csv": `deal_id,name,value,timestamp\n${moves.flat().join("")}`
    };
    await withFolder({content}, async ({found}) => {
      const [pipeline] = found.pipelines;
      expect(pipeline!.stages.filter(({kind}) => kind === "open").map(({id}) => id)).toEqual(walk);
      expect(pipeline!.questions.join(" ")).toContain("It is the one in which most entered them");
    });
  });

  /** Open stages in order and what is asked of it, of deals all in the stage they end in. */
  async function walkOf(log: string, stages: readonly string[]): Promise<[string[], string]> {
    const rows = stages.flatMap((stage, i) =>
      Array.from({length: 3 + i}, (_, n) => `${ID}${i}${n},${stage},2024-09-20,2024-01-02T08:00:00Z\n`)
    );
    const content = {
      "Opportunity.csv": `Id,StageName,CloseDate,CreatedDate\n${rows.join("")}`,
      "Log.csv": log
    };
    return withFolder({content}, async ({found}) => {
      const [pipeline] = found.pipelines;
      const open = pipeline!.stages.filter(({kind}) => kind === "open");
      return [open.map(({id}) => id), pipeline!.questions.join(" ")];
    });
  }
  const history = (rows: readonly string[]) =>
    `OpportunityId,Field,OldValue,NewValue,CreatedDate\n${rows.join("")}`;
  const WALK = ["Erstgespräch", "Bedarf klären", "Budgetfreigabe", "Vertrag"];

  test("of a log that only holds changes begin with the one that no change enters, though some go back to it", async () => {
    const rows = Array.from({length: 30}, (_, deal) => {
      const walk = deal % 6 === 0 ? [...WALK, WALK[0]!] : WALK;
      return walk
        .slice(1)
        .map((stage, i) => `${deal},StageName,${walk[i]},${stage},2024-0${i + 2}-1${deal % 9}T10:00:00Z\n`);
    });
    const [stages, question] = await walkOf(history(rows.flat()), WALK);
    expect(stages).toEqual(WALK);
    expect(question).toContain("It is the one in which most entered them");
  });

  test("are walked as the log's own format says, month first with a clock of 24 hours too", async () => {
    const walk = ["Gamma", "Alpha", "Delta", "Beta"];
    const p = (n: number) => String(n).padStart(2, "0");
    const rows = Array.from({length: 120}, (_, deal) =>
      walk.map((stage, i) => {
        const on = new Date(Date.UTC(2024, 0, 1 + (deal % 90) + 27 * i));
        const day = `${p(on.getUTCMonth() + 1)}/${p(on.getUTCDate())}/${on.getUTCFullYear()}`;
        return `${deal},StageName,,${stage},${day} ${p(deal % 24)}:30\n`;
      })
    );
    const [stages, question] = await walkOf(history(rows.flat()), walk);
    expect(stages).toEqual(walk);
    expect(question).toContain("It is the one in which most entered them");
  });

  test("that deals walk both ways are a guess, and one that too few were in stands last and is named", async () => {
    const rows = Array.from({length: 24}, (_, deal) => {
      const walk = deal % 2 ? [WALK[1]!, WALK[0]!] : [WALK[0]!, WALK[1]!];
      const third = deal < 4 ? [WALK[2]!] : [];
      return [...walk, ...third].map(
        (stage, i) => `${deal},StageName,,${stage},2024-0${i + 2}-11T10:00:00Z\n`
      );
    });
    const [stages, question] = await walkOf(history(rows.flat()), WALK.slice(0, 3));
    expect(stages[2]).toBe("Budgetfreigabe");
    expect(question).toMatch(/It is a guess from the log: too few deals, or about as many each way/);
    expect(question).toContain("too few were in Budgetfreigabe to say where");
    expect(question).not.toContain("most entered them");
  });

  test("one that is only in the history is declared, from old and from new values", async () => {
    const stages = await stagesOf({
      "Opportunity.csv": `Id,StageName,CloseDate,CreatedDate\n${ID}a,Closed Won,2024-01-20,2023-12-01T10:00:00Z\n`,
      "Log.csv": `OpportunityId,Field,OldValue,NewValue,CreatedDate
${ID}a,created,,,2023-12-01T10:00:00Z
${ID}a,StageName,Legacy Pitch,Second Pitch,2023-12-20T10:00:00Z
${ID}a,StageName,Second Pitch,Closed Won,2024-01-20T10:00:00Z
${ID}a,Description,Not a stage,Nor this,2024-01-20T10:00:00Z\n`
    });
    expect(stages.sort()).toEqual(["Closed Won won", "Legacy Pitch open", "Lost lost", "Second Pitch open"]);
  });

  test("HubSpot's property history names stages too, and numbers are told by the flags of their deals", async () => {
    const stages = await stagesOf({
      "deals.csv": `hs_object_id,dealname,dealstage,pipeline,closedate,createdate,hs_is_closed,hs_is_closed_won
1,A,501,default,2024-01-20T09:00:00Z,2023-12-01T10:00:00Z,true,true
2,B,502,default,2024-02-20T09:00:00Z,2023-12-01T10:00:00Z,true,false
3,C,503,default,2024-09-20T09:00:00Z,2024-03-01T10:00:00Z,false,false\n`,
      "history.csv": `deal_id,name,value,timestamp
3,dealstage,499,2024-03-01T10:00:00Z
3,dealname,not a stage,2024-03-01T10:00:00Z
3,dealstage,503,2024-03-02T10:00:00Z\n`
    });
    expect(stages.sort()).toEqual(["499 open", "501 won", "502 lost", "503 open"]);
  });

  test("a record whose flags are wrong does not make its stage a won one", async () => {
    const row = (i: number, stage: string, isWon: boolean) =>
      `${ID}${i},${stage},2024-05-20,2024-02-02T10:00:00Z,${isWon},${isWon}\n`;
    const rows = [...Array(9).keys()].map((i) => row(i, "Verhandlung", i === 4)).join("");
    const content = {
      "Opportunity.csv": `Id,StageName,CloseDate,CreatedDate,IsClosed,IsWon\n${rows}${row(9, "Auftrag", true)}`
    };
    expect(await stagesOf(content)).toEqual(["Verhandlung open", "Auftrag won", "Lost lost"]);
    await withFolder({content}, async ({found}) =>
      expect(found.text).toMatch(/Verhandlung, kind: open.*QUESTION: 1 of 9 records say won/)
    );
  });

  test("where flags disagree, a name that says how it ended is believed", async () => {
    const content = {
      "Opportunity.csv": `Id,StageName,CloseDate,CreatedDate,IsClosed,IsWon
${ID}a,Closed Lost,2024-01-20,2023-12-01T10:00:00Z,false,false
${ID}b,Closed Lost,2024-01-21,2023-12-01T10:00:00Z,false,false
${ID}c,Closed Lost,2024-01-22,2023-12-01T10:00:00Z,true,false\n`
    };
    expect(await stagesOf(content)).toContain("Closed Lost lost");
  });

  test("names that YAML would take for something else survive", async () => {
    const odd = ["No", "1", "null", "a: b #c", "- x", "it's", "~", "2024-01-01", "Ünïcode", "{x}", "*a"];
    const rows = odd.map((stage, i) => `${ID}${i},${stage},2024-05-20,2024-02-02T10:00:00Z\n`).join("");
    const stages = await stagesOf({"Opportunity.csv": `Id,StageName,CloseDate,CreatedDate\n${rows}`});
    for (const stage of odd) expect(stages).toContain(`${stage} open`);
  });
});
