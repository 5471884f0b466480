-- What was done long ago, in sums; its rows are gone.
CREATE TABLE past (
    chain  INTEGER PRIMARY KEY,
    final  INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    earned TEXT    NOT NULL,
    gas    INTEGER NOT NULL,
    cost   TEXT    NOT NULL
) STRICT;
CREATE INDEX jobs_done ON jobs (chain, changed) WHERE state IN ('final', 'failed');
CREATE INDEX sweeps_done ON sweeps (chain, made) WHERE state IN ('final', 'failed');
