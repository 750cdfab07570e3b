/** Social images in many scripts, for tests and the benchmark. */
import { loadTheme } from "../../src/lib/themes/load-theme.ts";
import { svgElements } from "../../src/lib/themes/svg.ts";
import type { OgImage } from "../../src/lib/og-images/template.ts";

const { theme } = loadTheme("fence", { contentDir: ".", root: "." }, { file: "site.yaml" });
const { paper, ink, accent, inkSoft } = theme.colors;
const FENCE = {
  colors: { paper: paper.light, ink: ink.light, accent: accent.light, muted: inkSoft.light },
  artwork: svgElements(theme.artwork.social ?? ""),
  logo: svgElements(theme.artwork.mark ?? ""),
};

function sample(lang: string, title: string, authorLine: string, date: string): OgImage {
  const dir = ["ar", "fa", "he", "ur"].includes(lang) ? "rtl" : "ltr";
  return { title, siteTitle: "Backfence", authorLine, date, lang, dir, ...FENCE };
}

export const sampleImages = {
  Latin: sample("en", "A blog is a chat over the backyard fence", "Nell Hart", "17 March 2008"),
  "Latin, long": sample(
    "en",
    "Sixty years at arm’s length, and what it cost the people who stood at the far end of it",
    "Tomás Lindqvist and Ines Okafor",
    "5 December 2011",
  ),
  Diacritics: sample(
    "pl",
    "„Święta” — Größe, Ångström, Čeština, İstanbul: ça va?",
    "Łucja Żak",
    "3 marca 2024",
  ),
  Vietnamese: sample("vi", "Hàng xóm và mạng xã hội ở Việt Nam", "Nguyễn Văn An", "5 tháng 12, 2011"),
  Cyrillic: sample("ru", "Соседи у забора: почему блог похож на разговор", "Нелл Харт", "5 декабря 2011 г."),
  Greek: sample("el", "Γιατί οι άνθρωποι μιλούν πάνω από τον φράχτη", "Ίνες", "5 Δεκεμβρίου 2011"),
  Japanese: sample(
    "ja",
    "「垣根ごしのおしゃべり」について、私たちが考えたこと",
    "伊藤 さくら",
    "2011年12月5日",
  ),
  Simplified: sample("zh-Hans", "社交媒体与邻里关系：为什么博客像隔着篱笆聊天", "陈小明", "2011年12月5日"),
  Traditional: sample("zh-Hant", "隔著籬笆聊天：為什麼部落格像鄰居之間的對話", "林怡君", "2011年12月5日"),
  Korean: sample("ko", "이웃과 울타리 너머로 나누는 이야기, 블로그", "김민지", "2011년 12월 5일"),
  Arabic: sample("ar", "الحديث عبر السياج: لماذا تشبه المدونة حديث الجيران؟", "ليلى حداد", "٥ ديسمبر ٢٠١١"),
  Persian: sample("fa", "گپ‌وگفت از فراز پرچین: چرا وبلاگ شبیه همسایگی است", "پریسا", "۱۴ آذر ۱۳۹۰"),
  Hebrew: sample("he", "שיחה מעל הגדר: למה בלוג דומה לשיחת שכנים?", "נועה לוי", "5 בדצמבר 2011"),
  Devanagari: sample("hi", "बाड़ के ऊपर बातचीत: ब्लॉग पड़ोसियों की गपशप जैसा क्यों है", "अनीता शर्मा", "5 दिसंबर 2011"),
  Bengali: sample("bn", "বেড়ার ওপারে প্রতিবেশীর সঙ্গে গল্প", "মিতা সেন", "৫ ডিসেম্বর ২০১১"),
  Gurmukhi: sample("pa", "ਵਾੜ ਦੇ ਪਾਰ ਗੁਆਂਢੀਆਂ ਨਾਲ ਗੱਲਬਾਤ", "ਜਸਪ੍ਰੀਤ", "5 ਦਸੰਬਰ 2011"),
  Gujarati: sample("gu", "વાડની પેલે પાર પડોશીઓ સાથે વાતચીત", "મીના", "5 ડિસેમ્બર, 2011"),
  Tamil: sample("ta", "வேலிக்கு மேலே அயலாருடன் ஒரு உரையாடல்", "கமலா", "5 டிசம்பர், 2011"),
  Telugu: sample("te", "కంచె మీదుగా పొరుగువారితో సంభాషణ", "లక్ష్మి", "5 డిసెంబర్, 2011"),
  Kannada: sample("kn", "ಬೇಲಿಯ ಆಚೆ ನೆರೆಹೊರೆಯವರೊಂದಿಗೆ ಮಾತುಕತೆ", "ಲತಾ", "ಡಿಸೆಂಬರ್ 5, 2011"),
  Malayalam: sample("ml", "വേലിക്കപ്പുറത്തെ അയൽക്കാരുമായുള്ള സംഭാഷണം", "രാധ", "2011, ഡിസംബർ 5"),
  Sinhala: sample("si", "වැටෙන් එහා අසල්වාසීන් සමඟ කතාබහ", "නිමල්", "2011 දෙසැම්බර් 5"),
  Thai: sample("th", "ทำไมบล็อกจึงเหมือนการคุยกันข้ามรั้วบ้าน", "สมชาย", "5 ธันวาคม 2554"),
  Lao: sample("lo", "ການສົນທະນາຂ້າມຮົ້ວກັບເພື່ອນບ້ານ", "ຄຳ", "5 ທັນວາ 2011"),
  Khmer: sample("km", "ការសន្ទនាឆ្លងកាត់របងជាមួយអ្នកជិតខាង", "សុខា", "5 ធ្នូ 2011"),
  Myanmar: sample("my", "ခြံစည်းရိုးကျော် အိမ်နီးချင်းစကားဝိုင်း", "အောင်", "၂၀၁၁ ဒီဇင်ဘာ ၅"),
  Georgian: sample("ka", "საუბარი ღობის იქით მეზობლებთან", "ნინო", "5 დეკემბერი, 2011"),
  Armenian: sample("hy", "Զրույց ցանկապատի վրայով հարևանների հետ", "Անի", "5 դեկտեմբերի, 2011"),
  Ethiopic: sample("am", "ከአጥሩ ባሻገር ከጎረቤቶች ጋር የሚደረግ ጭውውት", "ሰላም", "5 ዲሴምበር 2011"),
  Emoji: sample("en", "Coffee ☕ at the fence 👩‍🚀🇩🇪 1️⃣ and ❤️ for neighbours 👍🏽", "Nell 🐦", "17 March 2008"),
  Symbols: sample("en", "A → B ≈ ∞ ★ ✓ ☎ ½ © ™ № § x² ♥", "Nell Hart", "17 March 2008"),
  Mixed: sample("en", "関係 means 관계, связь, σχέση and שלום عليكم too", "Nell Hart", "17 March 2008"),
} satisfies Readonly<Record<string, OgImage>>;
