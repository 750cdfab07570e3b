import { BRICK, INK, INK_SOFT, PAPER } from "./colours.ts";
import { MARK_PATH } from "./logo.ts";
import type { OgImageLook } from "../og-images/template.ts";

/** Artwork of the default social image: the picket fence and the robin. SVG elements in a box of 1200 by 630. */

const MEADOW =
  "M-10 640L-10 556C120 512 250 540 380 548C520 556 640 520 790 528C930 534 1060 560 1210 522L1210 640Z";
const RAIL =
  "M-20 562L-5 563.5L195 560.8L395 561.4L595 563.3L795 562L995 560.8L1195 562.5L1220 562L1220 586L1205 586.5L1005 584.8L805 586L605 587.3L405 585.4L205 584.8L5 587.5L-20 586Z";
const PICKETS =
  "M-3.4 640Q-4.9 580 -4.1 547.9L25.8 515.8L52.4 547.2Q53.1 580 53.1 640ZM80.2 640Q80.5 580 80.3 547.3L109.8 516.7L135.7 547.4Q135.5 580 135.5 640Z" +
  "M162.4 640Q158.1 580 160.3 547.6L191.9 519.5L216.1 548.7Q218.3 580 218.3 640ZM245.3 640Q241.3 580 243.3 544.1L270.2 513.6L301.6 541.7Q303.7 580 303.7 640Z" +
  "M324.3 640Q328.6 580 326.4 543.7L353.6 514.7L381.2 544.5Q379 580 379 640ZM410 640Q406.4 580 408.2 550.4L435.6 519.9L462.2 548.5Q463.9 580 463.9 640Z" +
  "M489.8 640Q489.2 580 489.5 550.5L516.3 520L548 550Q548.3 580 548.3 640ZM570.7 640Q572.8 580 571.7 547.1L598.9 516.6L626.3 548.4Q625.3 580 625.3 640Z" +
  "M654.2 640Q653.5 580 653.8 548.8L683 520.5L711.1 552.3Q711.5 580 711.5 640ZM735 640Q734.1 580 734.6 547.1L764.9 516.8L794 547.3Q794.4 580 794.4 640Z" +
  "M818.1 640Q819.7 580 818.9 545.6L845.1 513.8L873.4 545.9Q872.6 580 872.6 640ZM900.5 640Q902.8 580 901.6 550.1L926.1 519.9L954.4 549.8Q953.3 580 953.3 640Z" +
  "M983.8 640Q980 580 981.9 549.6L1011.2 520.4L1039.3 549.4Q1041.3 580 1041.3 640ZM1064.5 640Q1063 580 1063.7 546L1093.1 515.7L1121 546.5Q1121.7 580 1121.7 640Z" +
  "M1147.1 640Q1145.4 580 1146.2 546.8L1174.9 517.4L1203.8 545.5Q1204.7 580 1204.7 640Z";
const GRAIN =
  "M17.5 563.1Q19.1 581.1 16.5 604.9M104.6 563.7Q102.6 581.7 105 594.7M181.1 569.4Q180.3 587.4 180.1 596.9" +
  "M267.5 570.8Q269.5 588.8 267.1 604.7M361.7 562.7Q361.7 580.7 362.1 598.5M429 566.2Q427.2 584.2 428.8 598" +
  "M513.6 573.9Q514.7 591.9 514.4 606.6M606.1 561Q606.8 579 607.1 598.7M685.1 562.5Q686.7 580.5 684.5 594.4" +
  "M769.6 575.4Q768.3 593.4 768.8 615.8M841.3 572.4Q841.8 590.4 840.4 603.7M935.9 580.4Q935.7 598.4 936.4 614.3" +
  "M1002.3 579.2Q1000.6 597.2 1001.3 614.3M1100.6 560.6Q1100.9 578.6 1100.4 589.4M1167.5 570.8Q1166.6 588.8 1167.7 601";

const BODY =
  "M84 34C82 21 69 15 59 18C47 21 41 33 35 42C29 51 16 55 3 56L2 64C13 66 22 70 29 75" +
  "C37 88 57 93 70 85C82 77 87 62 84 50C86 45 86 39 84 34Z";
const BREAST = "M84.5 36C75 26 62 31 60 45C58 62 63 77 73 83.5C81 78 87 62 84 50C86 45 86 40 84.5 36Z";
const BELLY = "M73 83.5C64 90 50 89 40 82C50 80 57 74 61 64C63 73 67 80 73 83.5Z";
const WING = "M41 49C51 44 62 50 61 58C57 70 42 72 27 67C35 63 38 56 41 49Z";
const BEAK = "M84 32L95 37L84.5 40Z";
const LEGS = "M53 87L51 101M61 87L63 101M47 100L54 102M60 102L67 100";

/** The robin sits on the picket at the end of the lines and looks at the title. */
const FENCE_ARTWORK = [
  `<path fill="#e3e2cf" d="${MEADOW}"/>`,
  `<g class="ink-line" stroke-width="4.5"><path fill="#cfae84" d="${RAIL}"/><path fill="#fffaf0" d="${PICKETS}"/></g>`,
  `<path class="ink-line" fill="none" stroke-width="2" stroke-linecap="round" d="${GRAIN}"/>`,
  `<g transform="matrix(-1.2 0 0 1.2 1160.4 405.2)" stroke-linejoin="round" stroke-linecap="round">`,
  `<path class="ink-line" fill="none" stroke-width="3" d="${LEGS}"/><path class="ink" d="${BEAK}"/>`,
  `<path fill="#7d6450" d="${BODY}"/><path fill="#fffaf0" d="${BELLY}"/><path class="accent" d="${BREAST}"/>`,
  `<path class="ink-line" fill="#7d6450" stroke-width="2.6" d="${WING}"/>`,
  `<path class="ink-line" fill="none" stroke-width="3.4" d="${BODY}"/>`,
  `<circle class="ink" cx="74.5" cy="29.5" r="2.6"/></g>`,
].join("\n");

/** The default look: fence, robin, and the page's colors by day. */
export const FENCE_LOOK: OgImageLook = {
  colors: { paper: PAPER.light, ink: INK.light, accent: BRICK.light, muted: INK_SOFT.light },
  artwork: FENCE_ARTWORK,
  logo: `<path d="${MARK_PATH}"/>`,
};
