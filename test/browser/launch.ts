/** A real Chromium: $CHROMIUM when it is set, else the one npm installed. Its absence is an error, never a skip. */
import {existsSync} from "node:fs";
import {type Browser, chromium} from "playwright-core";

// Not the package's own arguments: they run everything in one process, which a closed tab ends, and switch the
// same-origin policy off, which these tests rely on.
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update"
];

/** Starts a headless browser. @throws with the command that mends it when there is none. */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env["CHROMIUM"];
  if (given) {
    if (!existsSync(given))
      throw new Error(`CHROMIUM=${given} does not exist: unset it, or apt-get install chromium`);
    return chromium.launch({executablePath: given, args: ARGS});
  }
  // Makes the package unpack the libraries it needs on a bare Linux.
  process.env["AWS_EXECUTION_ENV"] ??= "AWS_Lambda_nodejs20.x";
  const packaged = await import("@sparticuz/chromium").catch(() => {
    throw new Error(
      "No browser: run npm ci, or set CHROMIUM=/usr/bin/chromium after apt-get install chromium"
    );
  });
  const {default: serverless} = packaged;
  return chromium.launch({executablePath: await serverless.executablePath(), args: ARGS});
}
