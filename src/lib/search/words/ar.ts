import { pluraliser } from "../../words/plural.ts";
import type { SearchWords } from "../words.ts";

const counted = pluraliser("ar");

export const words: SearchWords = {
  search: "ابحث في هذه المدونة",
  placeholder: "كلمة أو اسم أو رقم…",
  close: "إغلاق",
  hint: "تظهر النتائج أثناء الكتابة؛ تنقّل بينها بمفاتيح الأسهم.",
  narrow: "تضييق النتائج",
  tag: "الوسم",
  author: "الكاتب",
  year: "السنة",
  series: "السلسلة",
  any: "الكل",
  order: "الترتيب",
  best: "الأكثر صلة",
  newest: "الأحدث أولًا",
  oldest: "الأقدم أولًا",
  found: counted({
    zero: "لا نتائج",
    one: "مقالة واحدة",
    two: "مقالتان",
    few: "# مقالات",
    many: "# مقالة",
    other: "# مقالة",
  }),
  nothing: (query) => `لا نتائج عن «${query}»`,
  nothingHint: "جرّب كلمات أقل، أو بداية كلمة فقط.",
  more: counted({
    one: "أظهر نتيجة أخرى",
    two: "أظهر نتيجتين أخريين",
    few: "أظهر # أخرى",
    other: "أظهر # أخرى",
  }),
  asPage: "افتحها صفحةً يمكن مشاركتها",
  loading: "جارٍ البحث…",
  failed: "تعذّر تحميل البحث. تحقّق من الاتصال ثم حاول مجددًا.",
};
