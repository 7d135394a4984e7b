import {metricSql} from "../metrics/metricSql.ts";
import {readMetrics} from "../metrics/readMetrics.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {didYouMean} from "../workspace/didYouMean.ts";
import type {Command} from "./command.ts";

/** A metric's definition: what it means, its formula, its SQL, its caveat. */
export const explain: Command = {
  name: "explain",
  summary: "say how a metric is defined and computed",
  usage: "[METRIC] [--json]",
  options: {json: {type: "boolean"}},
  help: {json: "print the definition as JSON"},
  async run({options, words, print}) {
    const catalogue = readMetrics();
    const [key] = words;
    if (key === undefined) {
      for (const [name, {label}] of Object.entries(catalogue.metrics)) print(`${name}\t${label}`);
      return EXIT.ok;
    }
    const metric = catalogue.metrics[key];
    if (!metric) {
      const near = didYouMean(key, Object.keys(catalogue.metrics));
      throw new WeirError(`There is no metric named ${key}`, {
        exitCode: EXIT.config,
        problems: [
          {
            what: "unknown metric",
            value: key,
            expected: `one of ${Object.keys(catalogue.metrics).join(", ")}`,
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
          sql
        ].join("\n\n")
      );
    return EXIT.ok;
  }
};
