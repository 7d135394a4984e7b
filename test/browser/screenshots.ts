/**
 * Pictures of every page of a built site, light and dark, desktop and phone:
 * `npx tsx test/browser/screenshots.ts [dist] [folder]`.
 */
import {mkdirSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {serveSite} from "../../loaders/site/serveSite.ts";
import {launchBrowser} from "./launch.ts";

const [dist = "dist", out = "test/.out/screenshots"] = process.argv.slice(2);
const only = process.env["PAGES"]?.split(",");
mkdirSync(out, {recursive: true});
const server = await serveSite({dist});
const browser = await launchBrowser();
const pages = readdirSync(dist).filter((name) => name.endsWith(".html") && name !== "404.html");
for (const colorScheme of ["light", "dark"] as const)
  for (const width of [1280, 390]) {
    const context = await browser.newContext({
      colorScheme,
      viewport: {width, height: 900},
      deviceScaleFactor: 1
    });
    for (const name of pages) {
      if (only && !only.includes(name.replace(".html", ""))) continue;
      const page = await context.newPage();
      page.on("pageerror", (error) => process.stderr.write(`${name}: ${error.message}\n`));
      page.on("console", (message) => {
        if (message.type() === "error") process.stderr.write(`${name}: ${message.text()}\n`);
      });
      await page.goto(server.url + name.replace(/(index)?\.html$/, ""), {waitUntil: "load"});
      await page.waitForTimeout(1500);
      await page.screenshot({
        path: join(out, `${name.replace(".html", "")}-${colorScheme}-${width}.png`),
        fullPage: true
      });
      await page.close();
    }
    await context.close();
  }
await browser.close();
await server.close();
