import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, cpSync, existsSync, openSync, rmSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { ASTRO, commandEnv, tryBuild, writeProject, type BuiltSite, type CommandResult } from "./build.ts";
import { firstState, writeBlog, type BlogState } from "./changing-blog.ts";
import { buildNew } from "./shared-builds.ts";
import { tempSiteFolder } from "./temp-folder.ts";

/** A small blog that has been built once, with copies of that build's cache and output for tests of failing builds. */
export class SettledBlog {
  readonly folder: string;
  /** Parent of the content folder and `public`. */
  readonly blog: string;
  readonly #state: BlogState = { ...firstState(), now: "2030-01-01T00:00:00Z" };
  readonly #settled: BuiltSite;
  /** Environment of the builds. */
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

  /** Creates a site for a build of the blog with a separate output and cache. */
  place(name: string): BuiltSite {
    const folder = path.join(this.folder, name);
    return {
      folder,
      contentDir: path.join(folder, "content"),
      outDir: path.join(folder, "dist"),
      base: "/",
    };
  }

  /** Creates a site that starts with the cache and output of the first build. */
  copy(name: string): BuiltSite {
    const copy = this.place(name);
    rmSync(copy.folder, { recursive: true, force: true });
    const keep = { recursive: true, preserveTimestamps: true, verbatimSymlinks: true };
    cpSync(this.#settled.folder, copy.folder, keep);
    return copy;
  }

  /** Changes the title of the blog and thereby every page. */
  async retitle(title: string): Promise<void> {
    this.#state.siteTitle = title;
    await writeBlog(this.blog, this.#state);
  }

  /** Builds the current blog and returns the output. */
  async build(site: BuiltSite, ...args: readonly string[]): Promise<string> {
    const { status, output } = await this.tryBuild(site, ...args);
    expect(status, output).toBe(0);
    return output;
  }

  /** Builds the current blog, whether the build succeeds or not. */
  tryBuild(site: BuiltSite, ...args: readonly string[]): Promise<CommandResult> {
    this.#copyBlog(site);
    return tryBuild(site, args, this.env);
  }

  /** Builds the current blog without a cache, once for each title. */
  async cleanBuild(): Promise<BuiltSite> {
    const site = this.place(`clean-${this.#state.siteTitle}`);
    if (existsSync(site.outDir)) return site;
    this.#copyBlog(site);
    await buildNew(site, this.env);
    return site;
  }

  /** Starts a build that will be killed; its output is in `build.log`. @param env sets the step at which it stops. */
  start(site: BuiltSite, env: Readonly<Record<string, string>> = {}): ChildProcess {
    this.#copyBlog(site);
    return this.startAgain(site, env);
  }

  /** Starts another build of the files that {@link start} copied into the site's folder. */
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
