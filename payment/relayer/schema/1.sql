-- Amounts are text in tokens with up to 18 decimals (cost: of the chain's coin),
-- times are unix seconds, addresses and hashes are their bytes.
CREATE TABLE jobs (
    n        INTEGER PRIMARY KEY,
    id       BLOB    NOT NULL UNIQUE,
    chain    INTEGER NOT NULL,
    contract BLOB    NOT NULL,
    kind     INTEGER NOT NULL,
    consumer BLOB    NOT NULL,
    hub      BLOB    NOT NULL,
    fee      TEXT    NOT NULL,
    due      INTEGER NOT NULL,
    body     BLOB    NOT NULL,
    free     INTEGER NOT NULL,
    state    TEXT    NOT NULL,
    tx       TEXT,
    gas      INTEGER NOT NULL DEFAULT 0,
    cost     TEXT    NOT NULL DEFAULT '0',
    error    TEXT    NOT NULL DEFAULT '',
    blamed   INTEGER NOT NULL DEFAULT 0,
    made     INTEGER NOT NULL,
    changed  INTEGER NOT NULL
) STRICT;
CREATE INDEX jobs_open ON jobs (state) WHERE state NOT IN ('final', 'failed');
CREATE INDEX jobs_consumer ON jobs (consumer, made);
CREATE INDEX jobs_blamed ON jobs (consumer, changed) WHERE blamed = 1;
CREATE INDEX jobs_free ON jobs (made) WHERE free = 1;

-- How far each chain was read for exits that owe a fee.
CREATE TABLE scanned (
    chain    INTEGER NOT NULL,
    contract BLOB    NOT NULL,
    block    INTEGER NOT NULL,
    PRIMARY KEY (chain, contract)
) STRICT, WITHOUT ROWID;
