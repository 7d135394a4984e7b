/** The table of commands: parses arguments, runs one, turns what went wrong into an exit code. */
import {parseArgs} from "node:util";
import type {Command, CommandContext} from "./commands/command.ts";
import {streamReporter} from "./system/progress.ts";
import {EXIT, type ExitCode, formatError, WeirError} from "./weirError.ts";
import {didYouMean} from "./workspace/didYouMean.ts";

interface Listed {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** The command itself, read when it is asked for: the code of all of them takes seconds to read. */
  load(): Promise<Command>;
}

const COMMANDS: readonly Listed[] = [
  {
    name: "init",
    summary: "recognise the exports in a folder and write a first workspace.yaml",
    load: async () => (await import("./commands/init.ts")).init
  },
  {
    name: "build",
    summary: "read the exports, build the warehouse and the static site",
    load: async () => (await import("./commands/build.ts")).build
  },
  {
    name: "preview",
    summary: "build, serve on 127.0.0.1 and rebuild when the data change",
    load: async () => (await import("./commands/preview.ts")).preview
  },
  {
    name: "check",
    summary: "check workspace.yaml and the exports; build nothing",
    load: async () => (await import("./commands/check.ts")).check
  },
  {
    name: "backtest",
    summary: "how good every forecasting method would have been, asked on past weeks",
    load: async () => (await import("./commands/backtest.ts")).backtest
  },
  {
    name: "matches",
    summary: "list which registrations are which deals, the doubtful ones ready for matches.yaml",
    load: async () => (await import("./commands/matches.ts")).matches
  },
  {
    name: "publish",
    summary: "build a site for each audience from what it may see, and scan it for what it may not",
    load: async () => (await import("./commands/publish.ts")).publish
  },
  {
    name: "pack",
    summary: "write a built site as files that open by a double click, without a server",
    load: async () => (await import("./commands/pack.ts")).pack
  },
  {
    name: "twin",
    summary: "make the exports of a synthetic firm whose truth is known",
    load: async () => (await import("./commands/twin.ts")).twin
  },
  {
    name: "explain",
    summary: "say how a metric is defined and computed",
    load: async () => (await import("./commands/explain.ts")).explain
  },
  {
    name: "doctor",
    summary: "look at this machine and say what would keep Weir from working",
    load: async () => (await import("./commands/doctor.ts")).doctor
  }
];

/** Runs the CLI; returns its exit code. stdout gets data, stderr everything else. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = args;
  const say = (text: string) => process.stderr.write(`${text}\n`);
  try {
    if (name === undefined || name === "help" || name === "--help" || name === "-h") {
      const listed = COMMANDS.find((each) => each.name === rest[0]);
      say(listed ? commandHelp(listed, await listed.load()) : usage());
      return name === undefined ? EXIT.config : EXIT.ok;
    }
    const listed = COMMANDS.find((each) => each.name === name);
    if (!listed) throw unknownCommand(name);
    const command = await listed.load();
    if (rest.includes("--help") || rest.includes("-h")) {
      say(commandHelp(listed, command));
      return EXIT.ok;
    }
    const {values, positionals} = parse(name, command, rest);
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

function parse(name: string, command: Command, args: string[]) {
  try {
    return parseArgs({args, options: command.options, allowPositionals: true}) as {
      values: CommandContext["options"];
      positionals: string[];
    };
  } catch (error) {
    const flag = /'(--?[\w-]+)/.exec((error as Error).message)?.[1] ?? "";
    const near = didYouMean(flag.replace(/^-+/, ""), Object.keys(command.options));
    throw new WeirError(`weir ${name}: ${(error as Error).message.split(". ")[0]}`, {
      exitCode: EXIT.config,
      problems: [
        {
          what: "the options are not understood",
          value: flag,
          expected: `${name} ${command.usage}`,
          fix: near ? `did you mean --${near}?` : `see weir ${name} --help`
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

function commandHelp({name, summary}: Listed, {usage: use, options, help}: Command): string {
  const rows = Object.entries(options).map(([option, {type, short}]) => {
    const flag = `--${option}${type === "string" ? " VALUE" : ""}${short ? `, -${short}` : ""}`;
    return `  ${flag.padEnd(24)} ${help[option] ?? ""}`;
  });
  return [`weir ${name}: ${summary}`, "", `usage: weir ${name} ${use}`, "", ...rows].join("\n");
}
