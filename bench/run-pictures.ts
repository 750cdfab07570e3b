import { appendFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { benchSite, phasesOf } from "./bench-site.ts";
import { median, type Cost } from "./measure.ts";
import { saveResults } from "./results.ts";

/** What pictures cost a build, in seconds of wall time. */
export interface PicturesResult {
  readonly pictures: number;
  readonly coldS: number;
  /** A build after one edit of a text, in which no picture is made. */
  readonly warmS: number;
  /** Of that, the pictures' part. */
  readonly warmPicturesS: number;
  /** Largest share of a warm build that went into pictures. */
  readonly warmShare: number;
}

const WIDTH = 640;
const HEIGHT = 420;

/** `-- pictures N [runs]`: N posts with a picture of its own each; what pictures cost when they are there already. */
export async function run([count = "2000", runs = "5"]: readonly string[]): Promise<void> {
  const pictures = Number(count);
  const site = await benchSite(`pictures-${pictures}`, pictures);
  await addPictures(path.join(site.contentDir, "posts"));
  const cold = await site.build();
  const warm: Cost[] = [];
  for (let turn = 0; turn < Number(runs); turn += 1) {
    site.editPost(turn);
    warm.push(await site.build());
  }
  const picturesOf = (cost: Cost): number => phasesOf(cost)["pictures"] ?? Number.NaN;
  const result: PicturesResult = {
    pictures,
    coldS: cold.wallMs / 1000,
    warmS: median(warm.map(({ wallMs }) => wallMs / 1000)),
    warmPicturesS: median(warm.map(picturesOf)),
    warmShare: Math.max(...warm.map((cost) => picturesOf(cost) / (cost.wallMs / 1000))),
  };
  saveResults("pictures", count, result);
  const { coldS, warmS, warmPicturesS, warmShare } = result;
  console.log(
    "| pictures | cold s | after an edit s | of that pictures s | share at most |\n|---|---|---|---|---|",
  );
  const figures = [
    coldS.toFixed(1),
    warmS.toFixed(2),
    warmPicturesS.toFixed(3),
    `${(warmShare * 100).toFixed(1)} %`,
  ];
  console.log(`| ${[pictures, ...figures].join(" | ")} |`);
}

/** Gives each post a picture whose bytes are like no other's. */
async function addPictures(folder: string): Promise<void> {
  for (const [at, slug] of readdirSync(folder).sort().entries()) {
    const bytes = await sharp({
      create: {
        ...{ width: WIDTH, height: HEIGHT, channels: 3, background: "#444" },
        noise: { type: "gaussian", mean: 40 + (at % 170), sigma: 20 },
      },
    })
      .jpeg()
      .toBuffer();
    writeFileSync(path.join(folder, slug, "own.jpg"), bytes);
    appendFileSync(path.join(folder, slug, "index.mdx"), `\n![Grey noise number ${at}](./own.jpg)\n`);
  }
}
