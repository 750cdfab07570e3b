import { pluraliser } from "../../words/plural.ts";
import type { SearchWords } from "../words.ts";

const counted = pluraliser("ja");

export const words: SearchWords = {
  search: "このブログを検索",
  placeholder: "言葉、名前、数字…",
  close: "閉じる",
  hint: "入力すると結果が出ます。矢印キーで移動できます。",
  narrow: "絞り込む",
  tag: "タグ",
  author: "著者",
  year: "年",
  series: "連載",
  any: "すべて",
  order: "並び順",
  best: "関連度順",
  newest: "新しい順",
  oldest: "古い順",
  found: counted({ other: "#件見つかりました" }),
  nothing: (query) => `「${query}」は見つかりませんでした`,
  nothingHint: "言葉を減らすか、言葉のはじめだけで試してください。",
  more: counted({ other: "さらに#件を表示" }),
  asPage: "共有できるページとして開く",
  loading: "検索中…",
  failed: "検索を読み込めませんでした。接続を確かめて、もう一度お試しください。",
};
