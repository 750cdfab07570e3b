/** Lighthouse, which only `npm run bench -- pages` needs; it's installed into bench/node_modules on first use. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

interface LighthouseAudit {
  readonly score: number | null;
  readonly numericValue?: number;
}

interface LighthouseCategory {
  readonly score: number | null;
  readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
}

/** The part of Lighthouse's result that the benchmark reads. */
export interface LighthouseResult {
  readonly lhr: {
    readonly categories: Readonly<Record<string, LighthouseCategory | undefined>>;
    readonly audits: Readonly<Record<string, LighthouseAudit | undefined>>;
  };
}

interface LighthouseModules {
  readonly audit: (address: string, flags: object) => Promise<LighthouseResult | undefined>;
  readonly launch: (options: object) => Promise<{ readonly port: number; kill(): void }>;
}

/** Loads Lighthouse and its launcher. @throws Error when it can't be installed. */
export async function loadLighthouse(): Promise<LighthouseModules> {
  const folder = import.meta.dirname;
  if (!existsSync(path.join(folder, "node_modules/lighthouse"))) {
    console.log("Installing Lighthouse into bench/node_modules (npm ci).");
    const isWindows = process.platform === "win32";
    const run = spawnSync("npm", ["ci", "--ignore-scripts"], {
      cwd: folder,
      stdio: "inherit",
      shell: isWindows,
    });
    if (run.status !== 0) throw new Error("Lighthouse can't be installed: see npm's message above");
  }
  // The names are variables because the packages aren't installed when types are checked.
  const [lighthouse, launcher] = ["lighthouse", "chrome-launcher"];
  const { default: audit }: { readonly default: LighthouseModules["audit"] } = await import(lighthouse ?? "");
  const { launch }: Pick<LighthouseModules, "launch"> = await import(launcher ?? "");
  return { audit, launch };
}
