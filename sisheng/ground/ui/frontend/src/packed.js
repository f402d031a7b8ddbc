// Entries as they travel: how a character can be said comes once for all of them.
//
// The twin of ground/search/packed.py; ground/search/tests/packed.json holds both to the same entries.

/** The entries as `rank` wants them. Whatever else they carry stays with them. */
export function unpack({ said, entries }) {
  const unit = (written) => [written, ...words(said[written] ?? written)];
  const units = (joined) => joined.split("|").filter(Boolean).map(unit);
  return entries.map((small) => ({
    ...small,
    title_en: small.title_en ?? "",
    readings: units(small.units ?? [...small.title].join("|")),
    english: words(small.english ?? small.title_en?.toLowerCase() ?? ""),
    aliases: (small.aliases ?? []).map((joined) => ({ text: joined.replaceAll("|", ""), readings: units(joined) })),
    codes: words(small.codes ?? ""),
  }));
}

function words(text) {
  return text.split(" ").filter(Boolean);
}
