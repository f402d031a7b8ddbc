// Finding a name the way it is said: 行远箱包 answers to 行远, xyxb, hyxb, xingyuan, xyuan and “lugg”.
//
// The twin of ground/search/readings.py and spelling.py: same entries, same scores, in the same order of thought.
// ground/search/tests/vectors.json holds both to it. Entries come from the server as JSON, readings included.

export const CODE = 100;
export const NAME = 95;
export const INITIALS = 90;
export const NAME_BEGINS = 80;
export const INITIALS_BEGIN = 70;
export const ENGLISH = 60;
export const CODE_BEGINS = 55;
export const ALIAS = 50;
export const INSIDE = 40;
export const INSIDE_OTHERS = 30;
export const NEARLY = 10;
const SHARE = 4;
const LEAST_FOR_NEARLY = 4;
const MOST_ASKED = 64;

const NEVER = -Infinity;
const UNFINISHED = 0.5;
const DOUBLE_INITIALS = ["zh", "ch", "sh"];

const INVISIBLE =
  /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\ud800-\udfff\u{e0100}-\u{e01ef}]/gu;
const BLANK = /[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;
const OTHER =
  /[^\p{L}\p{N}々〇㐀-䶿一-鿿\uf900-\ufaff\u{20000}-\u{323af}ぁ-ゟァ-ヺー-ヿ가-힣]+/gu;

/** The text as it is compared: ＴＳ ０００７ is “ts 0007”. */
export function fold(text, most = MOST_ASKED) {
  const seen = cut(text, most).replace(INVISIBLE, "");
  return cut(seen.normalize("NFKC").toLowerCase().replace(BLANK, " ").trim(), most);
}

/** Only the letters and digits: “L2-C02” is “l2c02”, “xing'yuan” is “xingyuan”. */
export function compact(text) {
  return fold(text).replace(OTHER, "").replaceAll("ü", "v");
}

/** How well the entry answers to what was typed, or null. Higher is better. */
export function score(query, entry) {
  const asked = askedOf(query);
  return scoreExactly(asked, entry) ?? guess(asked, entry);
}

/** Those that answer as [score, entry], best first; equal ones keep their order. It guesses only when nothing matches. */
export function rank(query, entries) {
  const asked = askedOf(query);
  const scored = (how) => entries.map((entry) => [how(asked, entry), entry]).filter(([howGood]) => howGood !== null);
  const found = scored(scoreExactly);
  return (found.length ? found : scored(guess)).sort(([one], [other]) => other - one);
}

function askedOf(typed) {
  return { joined: compact(typed), words: fold(typed).split(" ").map(compact).filter(Boolean) };
}

function scoreExactly({ joined, words }, entry) {
  if (!joined) return null;
  const found = scoreOf(joined, entry);
  if (found !== null || words.length < 2) return found;
  const parts = words.map((word) => scoreOf(word, entry));
  return parts.includes(null) ? null : Math.min(...parts);
}

/** Would the entry answer if a letter had been forgotten? */
function guess({ joined }, entry) {
  const isLongEnough = joined.length >= LEAST_FOR_NEARLY && /^[a-z]+$/.test(joined);
  return isLongEnough && nearly(joined, entry.readings) ? NEARLY : null;
}

function scoreOf(asked, entry) {
  return best([
    byCode(asked, entry.codes),
    byName(asked, entry.readings),
    byEnglish(asked, entry.english),
    ...entry.aliases.map((alias) => byAlias(asked, alias.readings)),
  ]);
}

function byCode(asked, codes) {
  if (codes.includes(asked)) return CODE;
  if (!/\p{Nd}/u.test(asked)) return null;
  if (codes.some((code) => code.startsWith(asked))) return CODE_BEGINS;
  return codes.some((code) => code.includes(asked)) ? INSIDE_OTHERS : null;
}

function byName(asked, units) {
  const ways = reaches(asked, units).flatMap(([byInitials, bySpelling], start) => {
    const length = units.length - start;
    const way = (reach, whole, begins) => {
      if (reach <= 0) return null;
      const sort = start > 0 ? INSIDE : reach === length ? whole : begins;
      return sort + (SHARE * reach) / units.length;
    };
    return [way(byInitials, INITIALS, INITIALS_BEGIN), way(bySpelling, NAME, NAME_BEGINS)];
  });
  return best(ways);
}

function byEnglish(asked, words) {
  const joined = words.join("");
  for (let start = 0; start < words.length; start++) {
    if (words.slice(start).join("").startsWith(asked)) {
      return ENGLISH + (SHARE * length(asked)) / length(joined);
    }
  }
  return null;
}

function byAlias(asked, units) {
  const ways = reaches(asked, units).map((both, start) => {
    const reach = Math.max(...both);
    return reach > 0 ? (start > 0 ? INSIDE_OTHERS : ALIAS) + (SHARE * reach) / units.length : null;
  });
  return best(ways);
}

/** For each start: how many characters are reached [by initials alone, with at least one spelled out]. */
function reaches(asked, units) {
  const known = new Map();

  function onward(at, unit) {
    if (at === asked.length) return [0, NEVER];
    if (unit === units.length) return [NEVER, NEVER];
    const place = unit * (asked.length + 1) + at;
    if (!known.has(place)) known.set(place, step(at, unit));
    return known.get(place);
  }

  function step(at, unit) {
    let byInitials = NEVER;
    let bySpelling = NEVER;
    const initials = initialsOf(units[unit]);
    for (const initial of initials) {
      if (!asked.startsWith(initial, at)) continue;
      const [restInitials, restSpelling] = onward(at + initial.length, unit + 1);
      byInitials = Math.max(byInitials, 1 + restInitials);
      bySpelling = Math.max(bySpelling, 1 + restSpelling);
    }
    const rest = asked.slice(at);
    for (const way of units[unit]) {
      if (initials.includes(way)) continue;
      if (asked.startsWith(way, at)) {
        bySpelling = Math.max(bySpelling, 1 + Math.max(...onward(at + way.length, unit + 1)));
      } else if (way.startsWith(rest) && !initials.includes(rest)) {
        bySpelling = Math.max(bySpelling, UNFINISHED);
      }
    }
    return [byInitials, bySpelling];
  }

  return units.map((_unit, start) => onward(0, start));
}

/** Does it fit from the beginning if one letter, but not the first, had been forgotten? */
function nearly(asked, units) {
  function onward(at, unit, isSpare) {
    if (at === asked.length) return true;
    if (unit === units.length) return false;
    if (isSpare && onward(at, unit + 1, false)) return true; // an initial is missing
    const said = units[unit].slice(1);
    return (
      [...initialsOf(units[unit]), ...said].some((way) => fits(way, at, unit, isSpare)) ||
      (isSpare && said.flatMap(shortened).some((short) => fits(short, at, unit, false)))
    );
  }

  function fits(way, at, unit, isSpare) {
    return (
      way.startsWith(asked.slice(at)) ||
      (asked.startsWith(way, at) && onward(at + way.length, unit + 1, isSpare))
    );
  }

  return onward(0, 0, true);
}

/** The ways to give a character by its beginning. The first of a unit is how it is written, not said. */
function initialsOf(unit) {
  const said = unit.slice(1);
  return [
    ...said.map((way) => first(way)),
    ...said.map((way) => way.slice(0, 2)).filter((two) => DOUBLE_INITIALS.includes(two)),
  ];
}

function shortened(way) {
  return Array.from(way.slice(1), (_letter, at) => way.slice(0, at + 1) + way.slice(at + 2));
}

function best(ways) {
  const found = ways.filter((way) => way !== null);
  return found.length ? Math.max(...found) : null;
}

// A character outside the basic plane counts as one, as it does on the server.
function cut(text, most) {
  return text.length <= most ? text : Array.from(text.slice(0, 2 * most)).slice(0, most).join("");
}

function length(text) {
  return Array.from(text).length;
}

function first(text) {
  return String.fromCodePoint(text.codePointAt(0));
}
