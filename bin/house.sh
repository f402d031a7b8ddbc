# What the commands in bin/ share. Sourced, never run: each command begins with `. "$(dirname "$0")/house.sh"`.
#
# Everything here may be asked for again and again: a step leaves a stamp made from what went into it, and is
# skipped while nothing of that has changed.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# SISHENG_VENV names a virtual environment that is kept by hand; otherwise .venv is ours to fill.
VENV="${SISHENG_VENV:-$PWD/.venv}"
FRONTEND=sisheng/ground/ui/frontend
export DJANGO_SETTINGS_MODULE=sisheng.config.settings
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

# lack SENTENCE: stop, naming what is missing and the remedy.
lack() {
  printf '%s\n' "$*" >&2
  exit 69
}

# hash_of FILE...: one word that changes when any of the files (or their names) changes.
hash_of() { { printf '%s\n' "$@"; cat -- "$@"; } | sha256sum | cut -c1-32; }

# fresh STAMP WORD: was this step done with exactly these ingredients?
fresh() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

python() { "$VENV/bin/python" "$@"; }

# A Python that can run the product, by name.
_find_python() {
  local name
  for name in python3 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null &&
      "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  command -v python3 >/dev/null || lack "Python is missing: install Python 3.11 to 3.13 (Debian: apt-get install python3 python3-venv)."
  lack "$(python3 --version) is too old or too new: install Python 3.11, 3.12 or 3.13."
}

# with_python LOCK: the virtual environment holds what the lock says.
with_python() {
  local lock=$1 stamp="$VENV/locked" name word told
  if [ -n "${SISHENG_VENV:-}" ]; then
    [ -x "$VENV/bin/python" ] || lack "SISHENG_VENV names $VENV, where there is no Python."
    return
  fi
  word="$(hash_of "$lock") $VENV"
  # What the tests need includes what the product needs, so a fuller environment is left as it is.
  fresh "$stamp" "$word" && return
  fresh "$stamp" "$(hash_of requirements-dev.lock) $VENV" && return
  name=$(_find_python)
  if ! "$VENV/bin/pip" --version >/dev/null 2>&1; then # none yet, or the folder was moved
    if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
      "$name" -m venv --clear "$VENV"
    elif "$name" -m virtualenv --version >/dev/null 2>&1; then
      "$name" -m virtualenv --quiet --clear "$VENV"
    else
      lack "Python cannot make a virtual environment: install python3-venv (Debian: apt-get install python3-venv) or virtualenv."
    fi
  fi
  say "Installing the Python packages of $lock …"
  told=$("$VENV/bin/pip" install --quiet --require-hashes --no-deps -r "$lock" 2>&1) ||
    lack "${told##*$'\n'}
The Python packages of $lock could not be installed: is there a way to the package index?"
  echo "$word" >"$stamp"
}

# with_assets: style sheets and scripts are built from the npm packages of the lock file.
with_assets() {
  local out=sisheng/ground/ui/static/ui/dist modules="$FRONTEND/node_modules" word
  [ -f "$FRONTEND/package.json" ] || return 0
  local -a sources
  # the style sheet for phones is made from what these templates use
  mapfile -t sources < <({
    find "$FRONTEND" -name node_modules -prune -o -type f -print
    find sisheng/windows sisheng/kit sisheng/desk -path '*/templates/*' -name '*.html'
  } | LC_ALL=C sort)
  word=$(hash_of "${sources[@]}")
  fresh "$out/built" "$word" && return
  with_node
  say "Building the style sheets and scripts …"
  (
    cd "$FRONTEND"
    if ! fresh node_modules/locked "$(hash_of package-lock.json)"; then
      npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
      hash_of package-lock.json >node_modules/locked
    fi
    npm run --silent build
  ) || lack "The style sheets and scripts could not be built: see the lines above; is there a way to the npm packages?"
  [ -d "$out" ] || lack "The build of $FRONTEND left nothing in $out."
  echo "$word" >"$out/built"
}

with_node() {
  command -v node >/dev/null || lack "Node.js is missing: install Node.js 18 or newer (Debian: apt-get install nodejs npm)."
  command -v npm >/dev/null || lack "npm is missing: install it beside Node.js (Debian: apt-get install npm)."
  node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' ||
    lack "Node.js $(node --version) is too old: install Node.js 18 or newer."
}

# with_messages: the catalogues of both languages are compiled.
with_messages() {
  local -a catalogues
  mapfile -t catalogues < <(find sisheng -name '*.po' | LC_ALL=C sort)
  [ ${#catalogues[@]} -gt 0 ] || return 0
  local word missing=""
  word=$(hash_of "${catalogues[@]}")
  local each
  for each in "${catalogues[@]}"; do [ -f "${each%.po}.mo" ] || missing=1; done
  [ -z "$missing" ] && fresh "$VENV/spoken" "$word" && return
  python -m sisheng messages
  echo "$word" >"$VENV/spoken"
}

is_root() { [ "$(id -u)" = 0 ]; }
