/** Runs Caddy, nginx and Apache on a free port for a test. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "./free-port.ts";

export interface WebServer {
  /** `http://127.0.0.1:41234` */
  readonly origin: string;
  close(): Promise<void>;
}

const NGINX = "/usr/sbin/nginx";
const APACHE = "/usr/sbin/apache2";

/** Starts Caddy with a Caddyfile. @param env such as `BLOG_ROOT`; `BLOG_ADDRESS` is set here. */
export async function startCaddy(
  caddyfile: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<WebServer> {
  const port = await freePort();
  // The admin endpoint is off, because all Caddy processes would use the same port for it.
  const main = path.join(folder, "Caddyfile.test");
  writeFileSync(main, `{\n\tadmin off\n\tauto_https off\n}\nimport ${caddyfile}\n`);
  const own = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const address = `http://127.0.0.1:${port}`;
  return started("caddy", ["run", "--adapter", "caddyfile", "--config", main], address, {
    ...env,
    ...own,
    BLOG_ADDRESS: address,
  });
}

/** Starts nginx with a file for `sites-enabled`, whose port and paths are replaced. */
export async function startNginx(
  siteFile: string,
  folder: string,
  paths: Readonly<Record<string, string>>,
): Promise<WebServer> {
  const port = await freePort();
  let site = readFileSync(siteFile, "utf8")
    .replace("listen 80;", `listen 127.0.0.1:${port};`)
    .replace("listen [::]:80;", "");
  for (const [from, to] of Object.entries(paths)) site = site.replaceAll(from, to);
  const work = path.join(folder, "nginx");
  mkdirSync(work, { recursive: true });
  writeFileSync(path.join(work, "site.conf"), site);
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${work}/${name};`)
    .join("\n");
  const brotli = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
  writeFileSync(
    path.join(work, "nginx.conf"),
    `load_module ${brotli};
daemon off;
user root;
pid ${work}/pid;
error_log ${work}/error.log;
worker_processes 1;
events { worker_connections 64; }
http {
access_log off;
${temp}
include ${work}/site.conf;
}
`,
  );
  const args = ["-p", work, "-c", path.join(work, "nginx.conf"), "-e", path.join(work, "error.log")];
  return started(NGINX, args, `http://127.0.0.1:${port}`, {});
}

/** Starts Apache with a folder that may have an `.htaccess` file. @param base path at which the folder is served. */
export async function startApache(siteDir: string, folder: string, base: string): Promise<WebServer> {
  const port = await freePort();
  const work = path.join(folder, "apache");
  mkdirSync(path.join(work, "empty"), { recursive: true });
  const modules = ["mpm_event", "authz_core", "dir", "mime", "headers", "rewrite", "alias", "unixd"]
    .filter((name) => existsSync(`/usr/lib/apache2/modules/mod_${name}.so`))
    .map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
  const root = base === "/" ? siteDir : path.join(work, "empty");
  const alias = base === "/" ? "" : `Alias ${base.slice(0, -1)} ${siteDir}`;
  writeFileSync(
    path.join(work, "apache.conf"),
    `${modules.join("\n")}
ServerRoot ${work}
PidFile ${work}/pid
Listen 127.0.0.1:${port}
ServerName 127.0.0.1
User www-data
Group www-data
ErrorLog ${work}/error.log
TypesConfig /dev/null
DocumentRoot ${root}
${alias}
<Directory />
AllowOverride All
Options FollowSymLinks
Require all granted
</Directory>
`,
  );
  return started(APACHE, ["-X", "-f", path.join(work, "apache.conf")], `http://127.0.0.1:${port}`, {});
}

async function started(
  program: string,
  args: readonly string[],
  origin: string,
  env: Readonly<Record<string, string>>,
): Promise<WebServer> {
  if (spawnSync(program, ["-v"]).error !== undefined)
    throw new Error(`${program} isn't installed; .ci/run installs it`);
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (bytes: Buffer) => void (said += bytes.toString("utf8")));
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${program} ended:\n${said}`);
    if (await answers(origin)) return { origin, close: () => stop(child) };
    await wait(50);
  }
  await stop(child);
  throw new Error(`${program} doesn't answer:\n${said}`);
}

async function answers(origin: string): Promise<boolean> {
  try {
    await fetch(origin, { redirect: "manual" });
    return true;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}
