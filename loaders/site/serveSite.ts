/** Serves a built site on this machine only, under the root or a sub-path, and tells open pages to reload. */
import {createReadStream, existsSync, readFileSync, statSync} from "node:fs";
import {createServer, type IncomingMessage, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {extname, join, normalize, sep} from "node:path";

export interface SiteServer {
  url: string;
  reload(): void;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".csv": "text/csv; charset=utf-8",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm"
};

const RELOAD_SCRIPT = `new EventSource(new URL("events", import.meta.url)).onmessage = () => location.reload();`;

/** Starts serving; a taken port is passed over for the next free one. */
export async function serveSite({
  dist,
  port = 0,
  base = "/"
}: {
  dist: string;
  port?: number;
  base?: string;
}): Promise<SiteServer> {
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    if (!path.startsWith(base)) return void response.writeHead(404).end();
    const inside = `/${decodeURIComponent(path.slice(base.length))}`;
    if (inside === "/_weir/events") return listen(request, response, listeners);
    if (inside === "/_weir/reload.js")
      return void response.writeHead(200, {"content-type": TYPES[".js"]!}).end(RELOAD_SCRIPT);
    sendFile(dist, inside, base, response);
  });
  const bound = await bind(server, port);
  return {
    url: `http://127.0.0.1:${bound}${base}`,
    reload() {
      for (const response of listeners) response.write("data: reload\n\n");
    },
    close: () =>
      new Promise((done) => {
        for (const response of listeners) response.end();
        server.close(() => done());
        server.closeAllConnections();
      })
  };
}

async function bind(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  for (let candidate = port; ; candidate++) {
    try {
      await new Promise<void>((done, fail) => {
        server.once("error", fail);
        server.listen(candidate, "127.0.0.1", () => {
          server.off("error", fail);
          done();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || candidate > port + 50) throw error;
    }
  }
}

/** A path, the page of that name, or the folder's index; pages get the reload script. */
function sendFile(dist: string, path: string, base: string, response: ServerResponse): void {
  const inside = normalize(path).replace(/^([/\\]|\.\.)+/, "");
  const candidates = [inside, `${inside}.html`, join(inside, "index.html")].map((name) => join(dist, name));
  const file = candidates.find((name) => existsSync(name) && statSync(name).isFile());
  if (!file || !`${file}`.startsWith(dist + sep)) return void response.writeHead(404).end("not found");
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  response.writeHead(200, {"content-type": type, "cache-control": "no-store"});
  if (extname(file) !== ".html") return void createReadStream(file).pipe(response);
  const html = readFileSync(file, "utf8");
  response.end(
    html.replace("</body>", `<script type="module" src="${base}_weir/reload.js"></script></body>`)
  );
}

function listen(request: IncomingMessage, response: ServerResponse, listeners: Set<ServerResponse>): void {
  response.writeHead(200, {"content-type": "text/event-stream", "cache-control": "no-store"});
  response.write(": connected\n\n");
  listeners.add(response);
  request.on("close", () => listeners.delete(response));
}
