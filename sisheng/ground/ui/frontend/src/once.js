// The key under which something happens one time only (D21).

/** A version 4 UUID; crypto.randomUUID does not exist on plain http. */
export function newKey() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte, at) =>
    (at === 6 ? (byte & 15) | 64 : at === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, "0"),
  );
  return [4, 6, 8, 10].reduceRight((all, at) => all.toSpliced(at, 0, "-"), hex).join("");
}
