/** What the engine itself says inside a body, to readers, in the language of the post. */
export interface MarkupWords {
  readonly footnotes: string;
  readonly note: (number: number) => string;
  readonly backToNote: (reference: string) => string;
  readonly linkTo: (heading: string) => string;
  readonly table: (number: number) => string;
  readonly done: string;
  readonly toDo: string;
  readonly openLarge: string;
  readonly close: string;
  readonly previousPicture: string;
  readonly nextPicture: string;
  readonly copy: string;
  readonly copied: string;
  readonly playVideo: (title: string) => string;
  readonly playsFrom: (provider: string) => string;
  readonly transcript: string;
  readonly answer: string;
  readonly share: string;
  readonly sample: (count: string) => string;
  readonly source: (name: string) => string;
  readonly asides: Readonly<Record<"note" | "tip" | "warning" | "final", string>>;
}

const en: MarkupWords = {
  footnotes: "Notes",
  note: (number) => `Note ${number}`,
  backToNote: (reference) => `Back to the text at note ${reference}`,
  linkTo: (heading) => `Link to “${heading}”`,
  table: (number) => `Table ${number}`,
  done: "Done",
  toDo: "To do",
  openLarge: "Open large",
  close: "Close",
  previousPicture: "Previous picture",
  nextPicture: "Next picture",
  copy: "Copy",
  copied: "Copied",
  playVideo: (title) => `Play video: ${title}`,
  playsFrom: (provider) => `Plays from ${provider} once you press play.`,
  transcript: "Transcript",
  answer: "Answer",
  share: "Share",
  sample: (count) => `Asked: ${count}`,
  source: (name) => `Source: ${name}`,
  asides: { note: "Note", tip: "Tip", warning: "Warning", final: "Final thought" },
};

const de: MarkupWords = {
  footnotes: "Anmerkungen",
  note: (number) => `Anmerkung ${number}`,
  backToNote: (reference) => `Zurück zum Text bei Anmerkung ${reference}`,
  linkTo: (heading) => `Link zu „${heading}“`,
  table: (number) => `Tabelle ${number}`,
  done: "Erledigt",
  toDo: "Offen",
  openLarge: "Groß öffnen",
  close: "Schließen",
  previousPicture: "Voriges Bild",
  nextPicture: "Nächstes Bild",
  copy: "Kopieren",
  copied: "Kopiert",
  playVideo: (title) => `Video abspielen: ${title}`,
  playsFrom: (provider) => `Wird erst beim Abspielen von ${provider} geladen.`,
  transcript: "Abschrift",
  answer: "Antwort",
  share: "Anteil",
  sample: (count) => `Befragte: ${count}`,
  source: (name) => `Quelle: ${name}`,
  asides: { note: "Hinweis", tip: "Tipp", warning: "Achtung", final: "Zum Schluss" },
};

const es: MarkupWords = {
  footnotes: "Notas",
  note: (number) => `Nota ${number}`,
  backToNote: (reference) => `Volver al texto en la nota ${reference}`,
  linkTo: (heading) => `Enlace a «${heading}»`,
  table: (number) => `Tabla ${number}`,
  done: "Hecho",
  toDo: "Pendiente",
  openLarge: "Abrir en grande",
  close: "Cerrar",
  previousPicture: "Imagen anterior",
  nextPicture: "Imagen siguiente",
  copy: "Copiar",
  copied: "Copiado",
  playVideo: (title) => `Reproducir el vídeo: ${title}`,
  playsFrom: (provider) => `Se carga desde ${provider} solo al reproducirlo.`,
  transcript: "Transcripción",
  answer: "Respuesta",
  share: "Proporción",
  sample: (count) => `Encuestados: ${count}`,
  source: (name) => `Fuente: ${name}`,
  asides: { note: "Nota", tip: "Consejo", warning: "Atención", final: "Para terminar" },
};

const fr: MarkupWords = {
  footnotes: "Notes",
  note: (number) => `Note ${number}`,
  backToNote: (reference) => `Retour au texte, note ${reference}`,
  linkTo: (heading) => `Lien vers « ${heading} »`,
  table: (number) => `Tableau ${number}`,
  done: "Fait",
  toDo: "À faire",
  openLarge: "Ouvrir en grand",
  close: "Fermer",
  previousPicture: "Image précédente",
  nextPicture: "Image suivante",
  copy: "Copier",
  copied: "Copié",
  playVideo: (title) => `Lire la vidéo : ${title}`,
  playsFrom: (provider) => `Chargée depuis ${provider} à la lecture seulement.`,
  transcript: "Transcription",
  answer: "Réponse",
  share: "Part",
  sample: (count) => `Personnes interrogées : ${count}`,
  source: (name) => `Source : ${name}`,
  asides: { note: "Note", tip: "Conseil", warning: "Attention", final: "Pour finir" },
};

const ja: MarkupWords = {
  footnotes: "注",
  note: (number) => `注${number}`,
  backToNote: (reference) => `本文の注${reference}に戻る`,
  linkTo: (heading) => `「${heading}」へのリンク`,
  table: (number) => `表${number}`,
  done: "完了",
  toDo: "未完了",
  openLarge: "拡大表示",
  close: "閉じる",
  previousPicture: "前の画像",
  nextPicture: "次の画像",
  copy: "コピー",
  copied: "コピーしました",
  playVideo: (title) => `動画を再生:${title}`,
  playsFrom: (provider) => `再生ボタンを押すと${provider}から読み込まれます。`,
  transcript: "書き起こし",
  answer: "回答",
  share: "割合",
  sample: (count) => `回答者数:${count}`,
  source: (name) => `出典:${name}`,
  asides: { note: "メモ", tip: "ヒント", warning: "注意", final: "おわりに" },
};

const ar: MarkupWords = {
  footnotes: "الحواشي",
  note: (number) => `الحاشية ${number}`,
  backToNote: (reference) => `العودة إلى النص عند الحاشية ${reference}`,
  linkTo: (heading) => `رابط إلى «${heading}»`,
  table: (number) => `الجدول ${number}`,
  done: "أُنجز",
  toDo: "لم يُنجز",
  openLarge: "فتح الصورة مكبّرة",
  close: "إغلاق",
  previousPicture: "الصورة السابقة",
  nextPicture: "الصورة التالية",
  copy: "نسخ",
  copied: "تم النسخ",
  playVideo: (title) => `تشغيل الفيديو: ${title}`,
  playsFrom: (provider) => `لا يُحمَّل من ${provider} إلا عند التشغيل.`,
  transcript: "النص المكتوب",
  answer: "الإجابة",
  share: "النسبة",
  sample: (count) => `عدد المشاركين: ${count}`,
  source: (name) => `المصدر: ${name}`,
  asides: { note: "ملاحظة", tip: "نصيحة", warning: "تحذير", final: "خاطرة أخيرة" },
};

const LANGUAGES: Readonly<Record<string, MarkupWords>> = { en, de, es, fr, ja, ar };

/** Words for a BCP 47 language; English for languages that have none. */
export function markupWords(lang: string): MarkupWords {
  return LANGUAGES[lang.toLowerCase().split("-")[0] ?? "en"] ?? en;
}
