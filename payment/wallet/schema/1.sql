-- Amounts are text in tokens with up to 18 decimals, times are unix seconds,
-- addresses, hashes and signatures are their bytes.
CREATE TABLE channels (
    id        INTEGER PRIMARY KEY,
    chain     INTEGER NOT NULL,
    contract  BLOB    NOT NULL,
    hub       BLOB    NOT NULL,
    deposit   TEXT    NOT NULL,
    highest   TEXT    NOT NULL,
    used      TEXT    NOT NULL,
    paid      TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    leaving   INTEGER NOT NULL,
    UNIQUE (chain, contract, hub)
) STRICT;

CREATE TABLE orders (
    n          INTEGER PRIMARY KEY,
    channel    INTEGER NOT NULL REFERENCES channels (id),
    seq        INTEGER NOT NULL,
    provider   BLOB    NOT NULL,
    chain_b    INTEGER NOT NULL,
    contract_b BLOB    NOT NULL,
    amount     TEXT    NOT NULL,
    session    BLOB    NOT NULL,
    total      TEXT    NOT NULL,
    hashlock   BLOB    NOT NULL,
    sig        BLOB    NOT NULL,
    state      TEXT    NOT NULL,
    preimage   BLOB,
    at         INTEGER NOT NULL,
    UNIQUE (channel, seq)
) STRICT;
CREATE INDEX orders_in_flight ON orders (state) WHERE state = 'signed';
CREATE INDEX orders_lock ON orders (hashlock);
CREATE INDEX orders_session ON orders (session);

CREATE TABLE sessions (
    session  BLOB    PRIMARY KEY,
    channel  INTEGER NOT NULL REFERENCES channels (id),
    provider BLOB    NOT NULL,
    paid     TEXT    NOT NULL,
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL
) STRICT;

CREATE TABLE receipts (
    session  BLOB    PRIMARY KEY,
    provider BLOB    NOT NULL,
    body     BLOB    NOT NULL,
    at       INTEGER NOT NULL
) STRICT;

CREATE TABLE actions (
    id      INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL REFERENCES channels (id),
    kind    TEXT    NOT NULL,
    args    TEXT    NOT NULL,
    after   INTEGER REFERENCES actions (id),
    state   TEXT    NOT NULL,
    tx      TEXT,
    error   TEXT    NOT NULL DEFAULT '',
    planned INTEGER NOT NULL,
    changed INTEGER NOT NULL
) STRICT;
CREATE INDEX actions_open ON actions (state) WHERE state NOT IN ('final', 'failed');
