/** The table of commands: parses arguments, runs one, turns what went wrong into an exit code. */
import {parseArgs} from "node:util";
import {backtest} from "./commands/backtest.ts";
import {build} from "./commands/build.ts";
import {check} from "./commands/check.ts";
import type {Command, CommandContext} from "./commands/command.ts";
import {doctor} from "./commands/doctor.ts";
import {explain} from "./commands/explain.ts";
import {init} from "./commands/init.ts";
import {matches} from "./commands/matches.ts";
import {preview} from "./commands/preview.ts";
import {publish} from "./commands/publish.ts";
import {twin} from "./commands/twin.ts";
import {streamReporter} from "./system/progress.ts";
import {EXIT, type ExitCode, formatError, WeirError} from "./weirError.ts";
import {didYouMean} from "./workspace/didYouMean.ts";

const COMMANDS: readonly Command[] = [
  init,
  build,
  preview,
  check,
  backtest,
  matches,
  publish,
  twin,
  explain,
  doctor
];

/** Runs the CLI; returns its exit code. stdout gets data, stderr everything else. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = args;
  const say = (text: string) => process.stderr.write(`${text}\n`);
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    const command = COMMANDS.find((each) => each.name === rest[0]);
    say(command ? commandHelp(command) : usage());
    return name === undefined ? EXIT.config : EXIT.ok;
  }
  try {
    const command = COMMANDS.find((each) => each.name === name);
    if (!command) throw unknownCommand(name);
    if (rest.includes("--help") || rest.includes("-h")) {
      say(commandHelp(command));
      return EXIT.ok;
    }
    const {values, positionals} = parse(command, rest);
    return await command.run({
      options: values,
      words: positionals,
      reporter: streamReporter(process.stderr, Date.now),
      print: (line) => process.stdout.write(`${line}\n`),
      now: Date.now
    });
  } catch (error) {
    if (error instanceof WeirError) {
      say(formatError(error));
      return error.exitCode;
    }
    say(
      `Unexpected: ${error instanceof Error ? (process.env["WEIR_DEBUG"] ? error.stack : error.message) : String(error)}`
    );
    say("Set WEIR_DEBUG=1 for the whole trace.");
    return EXIT.unexpected;
  }
}

function parse(command: Command, args: string[]) {
  try {
    return parseArgs({args, options: command.options, allowPositionals: true}) as {
      values: CommandContext["options"];
      positionals: string[];
    };
  } catch (error) {
    const flag = /'(--?[\w-]+)/.exec((error as Error).message)?.[1] ?? "";
    const near = didYouMean(flag.replace(/^-+/, ""), Object.keys(command.options));
    throw new WeirError(`weir ${command.name}: ${(error as Error).message.split(". ")[0]}`, {
      exitCode: EXIT.config,
      problems: [
        {
          what: "the options are not understood",
          value: flag,
          expected: `${command.name} ${command.usage}`,
          fix: near ? `did you mean --${near}?` : `see weir ${command.name} --help`
        }
      ]
    });
  }
}

function unknownCommand(name: string): WeirError {
  const names = COMMANDS.map((command) => command.name);
  const near = didYouMean(name, names);
  return new WeirError(`weir has no command "${name}"`, {
    exitCode: EXIT.config,
    problems: [
      {
        what: "unknown command",
        value: name,
        expected: `one of ${names.join(", ")}`,
        fix: near ? `did you mean "${near}"?` : "see weir --help"
      }
    ]
  });
}

function usage(): string {
  const rows = COMMANDS.map(({name, summary}) => `  ${name.padEnd(10)} ${summary}`);
  return [
    "weir: CRM and PRM exports to a pipeline that adds up, as a static site",
    "",
    "usage: weir COMMAND [options]",
    "",
    ...rows,
    "",
    "weir COMMAND --help shows its options.",
    "Exit codes: 0 ok, 1 unexpected, 2 usage or config, 3 data check failed, 4 source unavailable, 5 publish gate."
  ].join("\n");
}

function commandHelp({name, summary, usage: use, options, help}: Command): string {
  const rows = Object.entries(options).map(([option, {type, short}]) => {
    const flag = `--${option}${type === "string" ? " VALUE" : ""}${short ? `, -${short}` : ""}`;
    return `  ${flag.padEnd(24)} ${help[option] ?? ""}`;
  });
  return [`weir ${name}: ${summary}`, "", `usage: weir ${name} ${use}`, "", ...rows].join("\n");
}
