/**
 * Words with which the rules in spam.ts recognize trades, products, sales pitches and generic praise. Whole words in
 * lower case, without words that are also family names.
 */

/** Trades and services in author names of spam comments. */
export const TRADES = words(`
  programmer programmers developer developers development designer designers seo sem smm ppc marketing advertising
  agency agencies outsourcing hosting webdesign consultant consultants consultancy contractor contractors plumber
  plumbers plumbing locksmith locksmiths electrician electricians roofer roofers roofing dentist dentists dental lawyer
  lawyers attorney attorneys solicitor solicitors accountant accountants realtor realtors escort escorts removals movers
  drains drainage exterminator translation translators tuition tutoring essay essays dissertation dissertations
  thesis homework loan loans mortgage mortgages insurance insurer credit debt forex trading crypto bitcoin casino casinos
  poker betting gambling slots lottery bingo dating webcam astrologer astrology psychic vashikaran hacker hackers
  detective limousine limo taxi rental rentals hotels tours travels packers catering photography cleaning cleaners
  repair repairs installation institute training coaching courses academy clinic surgery implants pharmacy rehab
  services service solutions company companies software freelancer freelancers schlüsseldienst detektei kredit
  umzugsfirma webagentur
`);

/** Things that are sold. */
export const PRODUCTS = words(`
  wallet wallets handbag handbags purse purses bags backpacks luggage boots sneakers trainers shoes footwear watches jersey
  jerseys sunglasses eyewear jewelry jewellery necklace bracelets earrings perfume perfumes cosmetics skincare wig wigs
  replica replicas outlet discount discounts coupon coupons voucher vouchers pills tablets capsules viagra cialis levitra
  xanax tramadol phentermine supplement supplements steroids weightloss diet keto cbd vape vapes cigarettes ecigarette
  mattress mattresses furniture sofas curtains laptop laptops iphone iphones cases battery batteries chargers headphones
  toner cartridges gadgets drones printers generators treadmill dress dresses gowns jackets hoodies leggings lingerie
  underwear ringtones torrents torrent iptv ebook ebooks giftcard giftcards uggs louboutin vuitton rolex
  handtasche handtaschen brieftasche geldbörse schuhe uhren matratze gutschein gutscheine
`);

/** Brand names that nearly always indicate spam. */
export const BRANDS = words(`
  mulberry ugg gucci prada chanel hermes burberry nike adidas jordans moncler oakley pandora tiffany cartier omega
  longchamp coach versace armani rayban
`);

/** Offers. Two of them, or one with a link, count as a pitch. */
export const PITCHES: readonly RegExp[] = [
  /\bwebinars?\b/,
  /\bsign(?:ing)? up\b/,
  /\bregister (?:now|today|here|for)\b/,
  /\bfree (?:trial|demo|quote|sample|download|e-?book|white ?paper|consultation|registration)\b/,
  /\blimited (?:time|offer|seats)\b/,
  /\b(?:buy|order|shop|subscribe|call|book|join) (?:us )?(?:now|today)\b/,
  /\bclick here\b/,
  /\bvisit (?:our|my|us|the) (?:web)?(?:site|page|store|shop|blog)\b/,
  /\bcheck (?:out )?(?:our|my) [a-z]+/,
  /\b(?:special|best|lowest|cheapest) (?:offers?|prices?|deals?)\b/,
  /\b\d{1,2} ?% off\b/,
  /\bmoney.?back\b/,
  /\bearn (?:money|\$|€|£)/,
  /\bmake money\b/,
  /\bwork from home\b/,
  /\bguaranteed\b/,
  /\bour (?:company|product|products|software|platform|solution|solutions|services|tool|team of experts|experts)\b/,
  /\bwe (?:offer|provide|speciali[sz]e|deliver) \b/,
  /\bincrease (?:your )?(?:sales|traffic|revenue|conversions?|followers)\b/,
  /\b(?:best|top|leading|affordable|cheap|reliable) (?:quality )?(?:services?|provider|company|agency|solutions?)\b/,
  /\bfor more (?:info|information|details),? (?:visit|contact|call|click)\b/,
  /\bcontact (?:us|me) (?:at|on|via|now|today)\b/,
  /\bwhats ?app\b.*\+?\d/,
  /\bjetzt (?:kaufen|bestellen|anmelden)\b/,
  /\bkostenlos(?:e[rsn]?)? (?:webinar|test|probe)/,
];

/** Generic praise, typical of people who haven't read the page. */
export const BOILERPLATE: readonly RegExp[] = [
  /\bthanks? (?:you )?(?:so much |a lot |very much )?for (?:sharing|posting|providing|the (?:info|information|share|useful|valuable|great))\b/,
  /\b(?:very|really|so|quite|such|extremely|highly)?,? ?(?:informative|useful|helpful|valuable|knowledgeable|resourceful) (?:and \w+ )?(?:post|article|blog|content|information|info|site|website|stuff|tips|read|sharing|page|resource)\b/,
  /\b(?:very|really|so|quite|extremely|highly) (?:informative|useful|helpful|interesting)\b/,
  /\b(?:nice|great|good|awesome|amazing|excellent|fantastic|wonderful|superb|impressive|cool|lovely|interesting) (?:and \w+ )?(?:blog|site|website|web ?page|information|info|content|stuff|work|job|sharing|share|posting|job done)\b/,
  /\bkeep (?:it up|up the (?:good|great|excellent) work|posting|writing|sharing|blogging|on (?:posting|writing|sharing))\b/,
  /\b(?:i|have|i've|i'll|will) (?:definitely )?(?:be )?(?:bookmark(?:ed|ing)?|subscribed?)\b/,
  /\bbookmarked\b/,
  /\b(?:i will|i'll|will) (?:definitely |surely |certainly )?(?:come|be|check|visit) (?:back|again|your)\b/,
  /\bvisit again\b/,
  /\bwaiting for (?:your )?(?:next|more|new)\b/,
  /\blooking forward to (?:reading )?(?:more|your next)\b/,
  /\b(?:i|we) (?:really |truly |just )?(?:enjoyed?|liked?|loved?|appreciated?) (?:reading )?(?:your|this|the) (?:blog|site|website|web ?page|information|content|efforts?|writing style|way)\b/,
  /\byou (?:have|'ve)? ?(?:really )?(?:done|made|make|do) (?:a |some )?(?:great|good|nice|excellent|decent|fantastic|wonderful) (?:job|work|points?|post)\b/,
  /\b(?:i am|i'm|was) (?:really |very |so |truly )?(?:impressed|glad|happy|pleased) (?:to (?:find|read|see)|with your|by your|that i found|about)\b/,
  /\bthis is (?:exactly )?what i (?:was|am|have been) (?:looking|searching) for\b/,
  /\bi (?:have )?(?:stumbled|came|found) (?:up)?(?:on |across )?(?:to )?(?:your|this) (?:blog|site|website|web ?page)\b/,
  /\bworth (?:reading|sharing|a read|the read)\b/,
  /\bhats off\b/,
  /\btwo thumbs up\b/,
  /\bgreat (?:read|stuff|tips|insights?)\b/,
  /\b(?:well|nicely|beautifully) (?:written|explained)\b/,
  /\b(?:danke|vielen dank) für (?:den|diesen|die) (?:tollen?|informativen?|interessanten?|guten?) (?:beitrag|artikel|post|infos?|informationen)\b/,
  /\b(?:toller?|super|klasse|informativer?) (?:blog|seite|webseite|website)\b/,
  /\bweiter so\b/,
];

/** Short praise that real readers write too; only used to find out how much other text there is. */
export const PLAIN_PRAISE: readonly RegExp[] = [
  /\b(?:nice|great|good|awesome|amazing|excellent|fantastic|wonderful|superb|brilliant|lovely|interesting|cool|beautiful|perfect) (?:post|article|piece|one|points?|topic|idea|essay|thoughts?|writing|writeup|write-up)\b/,
  /\b(?:thanks?|thank you|thx|cheers|danke)\b/,
  /\b(?:i )?(?:totally |completely |fully )?agree(?:d)?\b/,
  /\b(?:love|loved|like|liked|enjoyed) (?:it|this|that)\b/,
  /\b(?:awesome|amazing|excellent|fantastic|superb|wow|bravo)\b/,
  /\b(?:toller?|schöner?|guter?|super) (?:beitrag|artikel|text)\b/,
];

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
