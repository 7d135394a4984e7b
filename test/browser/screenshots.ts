/**
 * Pictures of every page of a built site, light and dark, desktop and phone: `npx tsx test/browser/screenshots.ts [dist] [folder]`.
 * PAGES names some alone ("forecast,what-if?lever=win_rate~1.1"); with TOP set to a height only so much of each is taken.
 */
import {mkdirSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {serveSite} from "../../loaders/site/serveSite.ts";
import {launchBrowser} from "./launch.ts";

const [dist = "dist", out = "test/.out/screenshots"] = process.argv.slice(2);
const top = Number(process.env["TOP"] ?? 0);
mkdirSync(out, {recursive: true});
const server = await serveSite({dist});
const browser = await launchBrowser();
const asked =
  process.env["PAGES"]?.split(",") ??
  readdirSync(dist)
    .filter((file) => file.endsWith(".html") && file !== "404.html")
    .map((file) => file.replace(".html", ""));
for (const colorScheme of ["light", "dark"] as const)
  for (const width of [1280, 390]) {
    const context = await browser.newContext({
      colorScheme,
      viewport: {width, height: 900},
      deviceScaleFactor: 1
    });
    for (const path of asked) {
      const name = path.split("?")[0]!;
      const page = await context.newPage();
      page.on("pageerror", (error) => process.stderr.write(`${name}: ${error.message}\n`));
      page.on("console", (message) => {
        if (message.type() === "error") process.stderr.write(`${name}: ${message.text()}\n`);
      });
      await page.goto(server.url + path.replace(/^index/, ""), {waitUntil: "load"});
      await page.waitForTimeout(1500);
      await page.screenshot({
        path: join(out, `${name}-${colorScheme}-${width}.png`),
        fullPage: true,
        ...(top > 0 ? {clip: {x: 0, y: 0, width, height: top}} : {})
      });
      await page.close();
    }
    await context.close();
  }
await browser.close();
await server.close();
