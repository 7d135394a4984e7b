/** Opens pages of a built site as a person would and notes everything that goes wrong. */
import type {Browser, Page} from "playwright-core";

export interface Visit {
  page: Page;
  /** Page errors, failed cells, 4xx and 5xx, requests to another origin, policy violations. */
  problems: string[];
}

/** How soon a page answers is measured in bench/; here it only has to, on a machine that may be busy. */
const SETTLE_MS = 30_000;

/** Opens a page and waits until its cells have run. */
export async function visit(
  browser: Browser,
  url: string,
  options: {width?: number; dark?: boolean} = {}
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: {width: options.width ?? 1280, height: 900},
    colorScheme: options.dark ? "dark" : "light",
    reducedMotion: "reduce"
  });
  const page = await context.newPage();
  const problems: string[] = [];
  // A page that is a file has no other place that it may ask.
  const {protocol, origin} = new URL(url);
  const isOwn = (target: string) =>
    protocol === "file:"
      ? /^[^?#]*\.html([?#]|$)/.test(target) && target.startsWith("file:")
      : target.startsWith(`${origin}/`);
  page.on("request", (request) => {
    const target = request.url();
    if (!/^(data|blob):/.test(target) && !isOwn(target)) problems.push(`asks ${target}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url, {waitUntil: "load"});
  await page
    .waitForFunction(() => document.querySelectorAll("observablehq-loading").length === 0, undefined, {
      timeout: SETTLE_MS
    })
    .catch(() => problems.push("cells are still loading"));
  await page.waitForTimeout(300);
  for (const text of await page.locator(".observablehq--error").allTextContents())
    problems.push(`cell: ${text}`);
  return {page, problems};
}
