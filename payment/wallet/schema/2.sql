-- What a relayer submits for the wallet. body is the submission as it was signed.
CREATE TABLE relays (
    id       INTEGER PRIMARY KEY,
    channel  INTEGER NOT NULL REFERENCES channels (id),
    kind     INTEGER NOT NULL,
    relayer  BLOB    NOT NULL,
    name     BLOB    NOT NULL UNIQUE,
    body     BLOB    NOT NULL,
    amount   TEXT    NOT NULL,
    state    TEXT    NOT NULL,
    refused  INTEGER NOT NULL DEFAULT 0,
    tx       BLOB,
    error    TEXT    NOT NULL DEFAULT '',
    signed   INTEGER NOT NULL,
    changed  INTEGER NOT NULL
) STRICT;
CREATE INDEX relays_open ON relays (state) WHERE state NOT IN ('final', 'failed');
