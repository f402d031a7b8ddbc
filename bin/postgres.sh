# A PostgreSQL of our own for the tests: in a folder that goes away, on a free port, durable as in earnest.
# Sourced by bin/test. Sets POSTGRES_URL.

POSTGRES_PACKAGE=postgresql-15
POSTGRES_PROGRAMS=""
_find_postgres() {
  local folder
  for folder in /usr/lib/postgresql/*/bin; do
    [ -x "$folder/initdb" ] && [ "$(basename "$(dirname "$folder")")" -ge 15 ] && POSTGRES_PROGRAMS=$folder
  done
  [ -n "$POSTGRES_PROGRAMS" ] || POSTGRES_PROGRAMS=/usr/lib/postgresql/15/bin
}
_find_postgres

# PostgreSQL refuses to run as root, and its own user may not be able to read this checkout: so only PostgreSQL's
# programs run as that user, in a folder that is theirs.
_as_postgres() {
  if is_root; then
    (cd / && runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

# start_postgres: sets POSTGRES_URL, or returns 1 with PostgreSQL's own words.
start_postgres() {
  local port password
  POSTGRES_FOLDER=$(mktemp -d)
  port=$(python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  password=$(python -c 'import secrets; print(secrets.token_hex(16))')
  echo "$password" >"$POSTGRES_FOLDER/password"
  if is_root; then chown -R postgres "$POSTGRES_FOLDER"; fi
  _as_postgres "$POSTGRES_PROGRAMS/initdb" --pgdata="$POSTGRES_FOLDER/data" --username=sisheng --encoding=UTF8 \
    --locale=C.UTF-8 --auth=scram-sha-256 --pwfile="$POSTGRES_FOLDER/password" >"$POSTGRES_FOLDER/log" 2>&1 &&
    _as_postgres "$POSTGRES_PROGRAMS/pg_ctl" start --wait --silent --pgdata="$POSTGRES_FOLDER/data" \
      --log="$POSTGRES_FOLDER/data/log" --options="-c listen_addresses=127.0.0.1 -c port=$port \
      -c unix_socket_directories= -c max_connections=200 -c shared_buffers=256MB -c fsync=on" ||
    { cat "$POSTGRES_FOLDER/log" "$POSTGRES_FOLDER/data/log" 2>/dev/null; return 1; }
  POSTGRES_URL="postgres://sisheng:$password@127.0.0.1:$port/desk"
}

stop_postgres() {
  [ -n "${POSTGRES_FOLDER:-}" ] || return 0
  _as_postgres "$POSTGRES_PROGRAMS/pg_ctl" stop --mode=immediate --silent --pgdata="$POSTGRES_FOLDER/data" || true
  rm -rf "$POSTGRES_FOLDER"
}
