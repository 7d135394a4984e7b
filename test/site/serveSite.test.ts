import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {request} from "node:http";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {type SiteServer, serveSite} from "../../loaders/site/serveSite.ts";

let root: string;
let server: SiteServer;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "weir-serve-"));
  mkdirSync(join(root, "dist"));
  writeFileSync(join(root, "secret.txt"), "secret");
  writeFileSync(join(root, "dist", "index.html"), "<body>home</body>");
  writeFileSync(join(root, "dist", "pipeline.html"), "<body>pipeline</body>");
  server = await serveSite({dist: join(root, "dist"), base: "/sub/"});
});
afterEach(async () => {
  await server.close();
  rmSync(root, {recursive: true});
});

/** Unlike fetch, sends the path as it is. */
function get(path: string): Promise<{status: number; body: string}> {
  const {hostname, port} = new URL(server.url);
  return new Promise((done, fail) => {
    request({hostname, port, path}, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => done({status: response.statusCode!, body}));
    })
      .on("error", fail)
      .end();
  });
}

describe("the preview server", () => {
  test("listens on this machine only", () => expect(new URL(server.url).hostname).toBe("127.0.0.1"));

  test("serves pages under a sub-path, by name without .html", async () => {
    expect((await get("/sub/")).body).toContain("home");
    expect((await get("/sub/pipeline")).body).toContain("pipeline");
    expect((await get("/pipeline")).status).toBe(404);
  });

  test("gives nothing outside the site", async () => {
    for (const path of [
      "/sub/../secret.txt",
      "/sub/%2e%2e/secret.txt",
      "/sub/..%2fsecret.txt",
      "/sub//etc/passwd"
    ])
      expect((await get(path)).status, path).toBe(404);
  });

  test("takes the next port when one is taken", async () => {
    const port = Number(new URL(server.url).port);
    const second = await serveSite({dist: join(root, "dist"), port});
    expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
    await second.close();
  });

  test("tells open pages to reload", async () => {
    const {hostname, port} = new URL(server.url);
    const told = new Promise<string>((done) => {
      request({hostname, port, path: "/sub/_weir/events"}, (response) => {
        response.on("data", (chunk: Buffer) => {
          if (chunk.toString().startsWith("data:")) done(chunk.toString());
          else server.reload();
        });
      }).end();
    });
    expect(await told).toContain("reload");
  });
});
