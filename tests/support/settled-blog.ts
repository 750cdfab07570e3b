import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, cpSync, existsSync, openSync, rmSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { ASTRO, commandEnv, tryBuild, writeProject, type BuiltSite, type CommandResult } from "./build.ts";
import { firstState, writeBlog, type BlogState } from "./changing-blog.ts";
import { buildNew } from "./shared-builds.ts";
import { tempSiteFolder } from "./temp-folder.ts";

/** A small blog that has been built once, and copies of what that build left, for builds that meet with trouble. */
export class SettledBlog {
  readonly folder: string;
  /** The author's folder and, beside it, `public`. */
  readonly blog: string;
  readonly #state: BlogState = { ...firstState(), now: "2030-01-01T00:00:00Z" };
  readonly #settled: BuiltSite;
  /** Environment of its builds. */
  readonly env: Readonly<Record<string, string>>;

  constructor() {
    this.folder = tempSiteFolder();
    this.blog = path.join(this.folder, "blog");
    this.env = { TEST_NOW: this.#state.now };
    this.#settled = this.place("settled");
  }

  /** Writes the blog and builds it for the first time. */
  async settle(): Promise<void> {
    await writeBlog(this.blog, this.#state);
    this.#copyBlog(this.#settled);
    await buildNew(this.#settled, this.env);
  }

  /** A place for a build of the blog: its own output and cache. */
  place(name: string): BuiltSite {
    const folder = path.join(this.folder, name);
    return {
      folder,
      contentDir: path.join(folder, "content"),
      outDir: path.join(folder, "dist"),
      base: "/",
    };
  }

  /** A fresh place that begins with the cache and output of the first build. */
  copy(name: string): BuiltSite {
    const copy = this.place(name);
    rmSync(copy.folder, { recursive: true, force: true });
    const keep = { recursive: true, preserveTimestamps: true, verbatimSymlinks: true };
    cpSync(this.#settled.folder, copy.folder, keep);
    return copy;
  }

  /** Changes the title of the blog and with it every page. */
  async retitle(title: string): Promise<void> {
    this.#state.siteTitle = title;
    await writeBlog(this.blog, this.#state);
  }

  /** Builds the blog as it is, and returns what was printed. */
  async build(site: BuiltSite, ...args: readonly string[]): Promise<string> {
    const { status, output } = await this.tryBuild(site, ...args);
    expect(status, output).toBe(0);
    return output;
  }

  /** Builds the blog as it is, whether that succeeds or not. */
  tryBuild(site: BuiltSite, ...args: readonly string[]): Promise<CommandResult> {
    this.#copyBlog(site);
    return tryBuild(site, args, this.env);
  }

  /** The blog as it is, built from nothing; once for each title. */
  async cleanBuild(): Promise<BuiltSite> {
    const site = this.place(`clean-${this.#state.siteTitle}`);
    if (existsSync(site.outDir)) return site;
    this.#copyBlog(site);
    await buildNew(site, this.env);
    return site;
  }

  /** Starts a build, to be killed; `build.log` in its folder has its output. @param env names the step at which it stops. */
  start(site: BuiltSite, env: Readonly<Record<string, string>> = {}): ChildProcess {
    this.#copyBlog(site);
    return this.startAgain(site, env);
  }

  /** Starts another build of what {@link start} has put into the site's folder. */
  startAgain(site: BuiltSite, env: Readonly<Record<string, string>> = {}): ChildProcess {
    writeProject(site.folder);
    const log = openSync(path.join(site.folder, "build.log"), "a");
    const child = spawn(process.execPath, [ASTRO, "build"], {
      cwd: site.folder,
      stdio: ["ignore", log, log],
      env: commandEnv({ ...this.env, ...env }),
    });
    closeSync(log);
    return child;
  }

  #copyBlog(site: BuiltSite): void {
    for (const part of ["content", "public"]) {
      const target = path.join(site.folder, part);
      rmSync(target, { recursive: true, force: true });
      const source = path.join(this.blog, part);
      if (existsSync(source)) cpSync(source, target, { recursive: true, preserveTimestamps: true });
    }
  }
}
