// What the script says, in the language of the page. No word stands in a .js file: the server sends them.

const said = JSON.parse(document.getElementById("ui-words")?.textContent ?? "{}");

/** The sentence of that name, with %(x)s replaced; a missing one is empty. */
export function say(name, values = {}) {
  return (said[name] ?? "").replace(/%\((\w+)\)s/g, (_whole, key) => values[key] ?? "");
}

/** What is said about an HTTP status: its title and what to do. */
export function sayStatus(status) {
  return said.status?.[status] ?? said.status?.[status >= 500 ? 500 : 400] ?? [];
}
