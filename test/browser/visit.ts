/** Opens pages of a built site as a person would and notes everything that goes wrong. */
import type {Browser, Page, Request} from "playwright-core";

export interface Visit {
  page: Page;
  /** Page errors, failed cells, 4xx and 5xx, requests to another origin, policy violations. */
  problems: string[];
  /** Waits until it has settled again, and notes what went wrong meanwhile. */
  settle(): Promise<void>;
  /** The same page as a phone in the dark has it: its window gets narrow, its colours change, and it settles again. */
  toPhone(): Promise<void>;
}

const HEIGHT = 900;
/** Of a phone's window. */
export const NARROW = 390;

/** How soon a page answers is measured in bench/; here it only has to, on a machine that may be slow and busy. */
const PATIENCE_MS = 60_000;

/** Opens a page and waits until it has settled. */
export async function visit(
  browser: Browser,
  url: string,
  options: {width?: number; dark?: boolean} = {}
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: {width: options.width ?? 1280, height: HEIGHT},
    colorScheme: options.dark ? "dark" : "light",
    reducedMotion: "reduce"
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const problems: string[] = [];
  const asked = new Set<Request>();
  // A page that is a file has no other place that it may ask.
  const {protocol, origin} = new URL(url);
  const isOwn = (target: string) =>
    protocol === "file:"
      ? /^[^?#]*\.html([?#]|$)/.test(target) && target.startsWith("file:")
      : target.startsWith(`${origin}/`);
  page.on("request", (request) => {
    const target = request.url();
    // Of all that a page asks a server, this alone never ends: it hears there when to reload.
    if (target.startsWith("http") && request.resourceType() !== "eventsource") asked.add(request);
    if (!/^(data|blob):/.test(target) && !isOwn(target)) problems.push(`asks ${target}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  page.on("requestfinished", (request) => asked.delete(request));
  page.on("requestfailed", (request) => asked.delete(request));
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const settle = async () => {
    await settled(page, asked).catch((error: Error) => problems.push(`is still at work: ${error.message}`));
    for (const text of await page.locator(".observablehq--error").allTextContents())
      problems.push(`cell: ${text}`);
  };
  await page.goto(url, {waitUntil: "load"});
  await settle();
  return {
    page,
    problems,
    settle,
    async toPhone() {
      await page.emulateMedia({colorScheme: "dark"});
      await page.setViewportSize({width: NARROW, height: HEIGHT});
      await settle();
    }
  };
}

/**
 * Waits until a page has nothing left to do: its cells have run, what it draws later is drawn, all that it asked for is there, and the
 * browser has painted and found nothing else to do.
 * @throws when it does not come to rest, with what it still waits for
 */
async function settled(page: Page, asked: ReadonlySet<Request>): Promise<void> {
  const BUSY = "observablehq-loading, [aria-busy=true]";
  const until = performance.now() + PATIENCE_MS;
  do {
    if (performance.now() > until)
      throw new Error(`${await page.locator(BUSY).count()} parts, ${[...asked].map((each) => each.url())}`);
    await page.waitForFunction((busy) => !document.querySelector(busy), BUSY);
    await page.evaluate(
      () =>
        new Promise((rested) =>
          requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(rested)))
        )
    );
  } while (asked.size > 0 || (await page.locator(BUSY).count()) > 0);
}
