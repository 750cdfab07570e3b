import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { root, tryBuild, type BuiltSite } from "./build.ts";
import { firstState, writeBlog, type BlogState } from "./changing-blog.ts";
import { tempFolder } from "./temp-folder.ts";

/** A small blog that has been built once, and copies of what that build left, for builds that meet with trouble. */
export class SettledBlog {
  readonly folder: string;
  /** The author's folder and, beside it, `public`. */
  readonly blog: string;
  readonly #state: BlogState = { ...firstState(), now: "2030-01-01T00:00:00Z" };
  readonly #settled: BuiltSite;
  /** What every build of it is told. */
  readonly args: readonly string[];

  constructor(name: string) {
    this.folder = tempFolder(name);
    this.blog = path.join(this.folder, "blog");
    this.args = ["--public", path.join(this.blog, "public"), "--now", this.#state.now];
    this.#settled = this.place("settled");
  }

  /** Writes the blog and builds it for the first time. */
  async settle(): Promise<void> {
    await writeBlog(this.blog, this.#state);
    await this.build(this.#settled);
  }

  /** A place for a build of the blog: its own output and cache. */
  place(name: string): BuiltSite {
    const folder = path.join(this.folder, name);
    return {
      folder,
      contentDir: path.join(this.blog, "content"),
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

  /** Builds, and hands back what was said. */
  async build(site: BuiltSite, ...args: readonly string[]): Promise<string> {
    const { status, output } = await tryBuild(site, [...this.args, ...args]);
    expect(output.replace(/^Built[^]*/, ""), output).not.toContain("Error");
    expect(status, output).toBe(0);
    return output;
  }

  /** The blog as it is, built with nothing but the bundled engines to begin with; once for each title. */
  async cleanBuild(): Promise<BuiltSite> {
    const site = this.place(`clean-${this.#state.siteTitle}`);
    if (existsSync(site.outDir)) return site;
    for (const engine of ["engine", "module-engine"]) {
      const kept = path.join(this.#settled.folder, "cache/build", engine);
      cpSync(kept, path.join(site.folder, "cache/build", engine), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
    await this.build(site);
    return site;
  }

  /** Starts a build, to be killed or listened to. */
  start({ folder, contentDir, outDir }: BuiltSite, stdio: "ignore" | "pipe" = "ignore"): ChildProcess {
    const folders = ["--content", contentDir, "--out", outDir, "--cache", path.join(folder, "cache")];
    const args = [path.join(root, "src/cli/build.ts"), ...folders, ...this.args];
    const env = { ...process.env, NODE_ENV: "", VITEST: "" };
    return spawn(process.execPath, args, { cwd: root, stdio, env });
  }
}
