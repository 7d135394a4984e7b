/** A header that is no known object's, told what it lacks. */
import {describe, expect, test} from "vitest";
import {nearMiss, recognise} from "../../loaders/sources/recognise.ts";

const named = (header: string) => {
  const columns = header.split(",");
  const near = nearMiss(columns);
  return near && `${near.system.id} ${near.object.id}: ${near.missing.join(" | ")}`;
};

describe("one column short", () => {
  test("a Salesforce report without its ids is told which column to add", () => {
    const header = "Opportunity Name,Stage,Amount,Close Date,Created Date,Opportunity Owner";
    expect(recognise(header.split(","))).toEqual([]);
    expect(named(header)).toMatch(
      /^salesforce Opportunity: Id \| id \| Opportunity ID \| Opportunity Id( \||$)/
    );
    const [found] = recognise(["Opportunity ID", ...header.split(",")]);
    expect(found?.object.id).toBe("Opportunity");
  });

  test("HubSpot deals without their stage too", () => {
    expect(named("Record ID,Deal Name,Amount,Close Date,Pipeline,Deal owner")).toMatch(
      /^hubspot deals: dealstage \| .*Deal Stage/
    );
  });

  test("what only has a name and the marks of a warehouse copy is nothing", () => {
    expect(
      named("_fivetran_deleted,_fivetran_synced,developer_name,id,name,_fivetran_active")
    ).toBeUndefined();
    expect(named("id,name,created_at,updated_at")).toBeUndefined();
    expect(named("")).toBeUndefined();
  });
});
