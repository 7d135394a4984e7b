/** The public data sets and splits of the accuracy protocol, as rows. */
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {buildHistory, type SpanRow} from "../../loaders/forecast/history/buildHistory.ts";
import {dayOf} from "../../loaders/forecast/history/calendar.ts";
import type {PipelineHistory} from "../../loaders/forecast/history/pipelineHistory.ts";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";

/** Folder of the public data: WEIR_SHARED_DATA, or beside the checkout. @throws when it is absent */
export function dataFolder(): string {
  const folder = process.env["WEIR_SHARED_DATA"] ?? join(PROJECT, "..", "shared", "data");
  if (!existsSync(join(folder, "splits")))
    throw new Error(`no public data in ${folder}; set WEIR_SHARED_DATA`);
  return folder;
}

/** Rows of a CSV without quotes in fields (these files have none), the header left out. */
export function rowsOf(file: string, separator = ","): string[][] {
  const lines = readFileSync(join(dataFolder(), file), "utf8").trim().split(/\r?\n/);
  return lines.slice(1).map((line) => line.split(separator).map((cell) => cell.replaceAll('"', "")));
}

/** What is known of a Maven deal from the day it is engaged; the account is left out, it leaks. */
export interface MavenDeal {
  agent: string;
  manager: string;
  office: string;
  product: string;
  series: string;
  price: number;
}

export interface MavenRow extends MavenDeal {
  id: string;
  engagedOn: string;
  closedOn: string;
  stage: string;
  value: number;
}

/** Every deal with an engage date. */
export function mavenDeals(): MavenRow[] {
  const products = new Map(
    rowsOf("maven-crm/products.csv").map(([name, series, price]) => [
      name!,
      {series: series!, price: Number(price)}
    ])
  );
  const teams = new Map(
    rowsOf("maven-crm/sales_teams.csv").map(([agent, manager, office]) => [
      agent!,
      {manager: manager!, office: office!}
    ])
  );
  return rowsOf("maven-crm/sales_pipeline.csv").flatMap((cells) => {
    const [id, agent, written, , stage, engagedOn, closedOn, value] = cells as [
      string,
      ...string[]
    ] as string[];
    if (!engagedOn) return [];
    const product = written === "GTXPro" ? "GTX Pro" : written!;
    return [
      {
        id: id!,
        agent: agent!,
        ...teams.get(agent!)!,
        product,
        ...products.get(product)!,
        engagedOn,
        closedOn: closedOn!,
        stage: stage!,
        value: Number(value)
      }
    ];
  });
}

/** Maven's pipeline as a history: engaged, then closed; open deals are worth their list price. */
export function mavenHistory(): PipelineHistory {
  const deals = mavenDeals();
  const rows = deals.flatMap(({id, agent, engagedOn, closedOn, stage, price, value}): SpanRow[] => [
    {deal: id, from: dayOf(engagedOn), outcome: "open", stage: "open", amount: price, owner: agent},
    ...(closedOn
      ? [
          {
            deal: id,
            from: dayOf(closedOn),
            outcome: stage === "Won" ? ("won" as const) : ("lost" as const),
            stage: stage === "Won" ? "won" : "lost",
            amount: stage === "Won" ? value : 0,
            owner: agent
          }
        ]
      : [])
  ]);
  const word = (of: (deal: MavenRow) => string) => new Map(deals.map((deal) => [deal.id, of(deal)]));
  return buildHistory({
    rows,
    stages: [
      {id: "open", name: "Engaging", order: 1, kind: "open", probability: null},
      {id: "won", name: "Won", order: 2, kind: "won", probability: 1},
      {id: "lost", name: "Lost", order: 3, kind: "lost", probability: 0}
    ],
    attributes: {product: word(({product}) => product), office: word(({office}) => office)},
    labels: {product: "Product", office: "Office"},
    asOf: dayOf("2017-12-31")
  });
}
