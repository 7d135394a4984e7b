/** The workspace.yaml that goes with a twin: the demo's, for exports that lie beside it. */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {PROJECT} from "../workspace/statePaths.ts";
import type {Firm} from "./writeTwin.ts";

/** Folders under data/ of the demos, one a firm. */
export const DEMO_FOLDERS: Record<Firm, string> = {software: "demo", equipment: "demo-equipment"};

/** The demo's text, saying how these exports were made instead of ordering to make them. */
export function twinWorkspace(firm: Firm, deals: number, seed: number): string {
  const text = readFileSync(join(PROJECT, "data", DEMO_FOLDERS[firm], "workspace.yaml"), "utf8");
  return text
    .replace(/^# yaml-language-server.*\n/m, "")
    .replace(/^companions: .*\n/m, "")
    .replace(/^generate: .*$/m, `made_by: {twin: ${firm}, deals: ${deals}, seed: ${seed}}`);
}
