import {type DefinitionSpec, measuresOf} from "../../src/slices/metricSpec.ts";
import {metricSql} from "../metrics/metricSql.ts";
import {readMetrics} from "../metrics/readMetrics.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {didYouMean} from "../workspace/didYouMean.ts";
import type {Command} from "./command.ts";

/** A metric's definition: what it means, its formula, its SQL, its caveat. */
export const explain: Command = {
  usage: "[METRIC or its label] [--json]",
  options: {json: {type: "boolean"}},
  help: {json: "print the definition as JSON"},
  async run({options, words, print}) {
    const catalogue = readMetrics();
    const known = {...catalogue.metrics, ...catalogue.definitions};
    const asked = words.join(" ");
    // Pages show labels: a figure may be asked for by its own, in any case.
    const labelled = Object.keys(known).find(
      (name) => known[name]!.label.toLowerCase() === asked.toLowerCase()
    );
    const key = asked in known ? asked : (labelled ?? asked);
    if (key === "") {
      for (const [name, {label}] of Object.entries(known)) print(`${name}\t${label}`);
      return EXIT.ok;
    }
    const defined = catalogue.definitions[key];
    if (defined) {
      if (options["json"]) print(JSON.stringify({version: 1, key, ...defined}, null, 2));
      else print(definitionText(key, defined));
      return EXIT.ok;
    }
    const metric = catalogue.metrics[key];
    if (!metric) {
      const near =
        didYouMean(key, Object.keys(known)) ??
        didYouMean(
          key,
          Object.values(known).map(({label}) => label)
        );
      throw new WeirError(`There is no metric named ${key}`, {
        exitCode: EXIT.config,
        problems: [
          {
            what: "unknown metric",
            value: key,
            expected: `one of ${Object.keys(known).join(", ")}`,
            ...(near ? {fix: `did you mean "${near}"?`} : {})
          }
        ]
      });
    }
    const sql = metricSql(key, catalogue);
    if (options["json"]) print(JSON.stringify({version: 1, key, ...metric, sql}, null, 2));
    else
      print(
        [
          `${metric.label} (${key}, ${metric.unit})`,
          metric.formula,
          ...(metric.caveat ? [`Note: ${metric.caveat}`] : []),
          ...(measuresOf(metric).some((name) => catalogue.measures[name]!.on)
            ? ['Over all time; a page\'s "How this is computed" has the query of the period it shows:']
            : []),
          sql
        ].join("\n\n")
      );
    return EXIT.ok;
  }
};

function definitionText(
  key: string,
  {label, unit, formula, caveat, rivals = [], computed_by}: DefinitionSpec
) {
  return [
    `${label} (${key}, ${unit})`,
    formula,
    ...(caveat ? [`Note: ${caveat}`] : []),
    ...rivals,
    `Computed by ${computed_by}`
  ].join("\n\n");
}
