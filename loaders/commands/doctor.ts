import {accessSync, constants, existsSync, mkdirSync, statfsSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import {openDuckDb} from "../engine/duckdb.ts";
import {FRAMEWORK} from "../site/framework.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {loadWorkspace} from "../workspace/loadWorkspace.ts";
import {DEFAULT_WORKSPACE, PROJECT} from "../workspace/statePaths.ts";
import {type Command, WORKSPACE_HELP, WORKSPACE_OPTIONS} from "./command.ts";

interface Finding {
  what: string;
  isGood: boolean;
  found: string;
  fix: string;
}

const MIN_NODE = [20, 19] as const;
const MIN_FREE_BYTES = 2 ** 30;

/** Looks at this machine and says what would keep Weir from working. */
export const doctor: Command = {
  usage: "[--workspace DIR] [--json]",
  options: {...WORKSPACE_OPTIONS, json: {type: "boolean"}},
  help: {...WORKSPACE_HELP, json: "print the findings as JSON"},
  async run({options, print}) {
    const findings = [
      nodeVersion(),
      await duckDb(),
      installed("the site builder", existsSync(FRAMEWORK), FRAMEWORK.slice(PROJECT.length + 1)),
      browser(),
      writable(),
      space(),
      workspace((options["workspace"] as string | undefined) ?? DEFAULT_WORKSPACE)
    ];
    if (options["json"]) print(JSON.stringify({version: 1, findings}, null, 2));
    else
      for (const {what, isGood, found, fix} of findings)
        print(`${isGood ? "ok " : "!! "} ${what.padEnd(18)} ${found}${isGood ? "" : `\n    to do: ${fix}`}`);
    return findings.every(({isGood}) => isGood) ? EXIT.ok : EXIT.config;
  }
};

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isGood = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1]);
  return {
    what: "Node.js",
    isGood,
    found: process.versions.node,
    fix: `install Node.js ${MIN_NODE.join(".")} or newer`
  };
}

async function duckDb(): Promise<Finding> {
  try {
    const engine = await openDuckDb(":memory:");
    const version = await engine.version();
    engine.close();
    return {what: "database", isGood: true, found: version, fix: ""};
  } catch (error) {
    return {what: "database", isGood: false, found: (error as Error).message, fix: "run npm ci"};
  }
}

function installed(what: string, isGood: boolean, found: string): Finding {
  return {what, isGood, found: isGood ? found : "not installed", fix: "run npm ci"};
}

/** Only the tests need a browser, so its absence is told, not failed on. */
function browser(): Finding {
  const given = process.env["CHROMIUM"];
  if (given) {
    const fix = "set CHROMIUM to a Chromium that exists, or unset it";
    return {what: "browser (tests)", isGood: existsSync(given), found: given, fix};
  }
  try {
    createRequire(join(PROJECT, "noop.js")).resolve("@sparticuz/chromium");
    return {what: "browser (tests)", isGood: true, found: "from npm", fix: ""};
  } catch {
    return {
      what: "browser (tests)",
      isGood: true,
      found: "none; npm ci installs one, only tests need it",
      fix: ""
    };
  }
}

function writable(): Finding {
  const dir = join(PROJECT, ".weir");
  try {
    mkdirSync(dir, {recursive: true});
    accessSync(dir, constants.W_OK);
    return {what: "state folder", isGood: true, found: ".weir is writable", fix: ""};
  } catch {
    return {
      what: "state folder",
      isGood: false,
      found: ".weir cannot be written",
      fix: "check its owner and the disk"
    };
  }
}

function space(): Finding {
  const {bavail, bsize} = statfsSync(PROJECT);
  const free = bavail * bsize;
  const found = `${(free / 2 ** 30).toFixed(1)} GB free`;
  return {what: "disk", isGood: free > MIN_FREE_BYTES, found, fix: "free at least 1 GB"};
}

function workspace(dir: string): Finding {
  try {
    const {config, file} = loadWorkspace(dir);
    return {what: "workspace", isGood: true, found: `${config.company} (${file})`, fix: ""};
  } catch (error) {
    if (!(error instanceof WeirError)) throw error;
    return {what: "workspace", isGood: false, found: error.message, fix: `run weir check --workspace ${dir}`};
  }
}
