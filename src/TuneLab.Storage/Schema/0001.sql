-- Schema version 1. A published version is never edited: a change is the next file.
-- Instants are ISO 8601 texts in UTC; arrays of numbers are little-endian binary (doubles: 8 bytes, counts: 4 bytes each);
-- lists of texts and the values of a configuration are JSON. A REAL that is null stands for NaN.

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE experiments (
    id             INTEGER NOT NULL PRIMARY KEY,
    identity       TEXT    NOT NULL UNIQUE,
    name           TEXT    NOT NULL,
    fingerprint    TEXT    NOT NULL,
    plan           TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    reason         TEXT    NOT NULL,
    created        TEXT    NOT NULL,
    updated        TEXT    NOT NULL,
    active_seconds REAL,
    result         TEXT
);

CREATE TABLE evaluations (
    content_key       TEXT    NOT NULL PRIMARY KEY,
    trainer           TEXT    NOT NULL,
    configuration     TEXT    NOT NULL,
    rounds            BLOB    NOT NULL,
    losses            BLOB    NOT NULL,
    metrics           TEXT    NOT NULL,
    scores            BLOB    NOT NULL,
    fit_seconds       REAL,
    score_seconds     REAL,
    peak_memory_bytes BIGINT  NOT NULL,
    stopped           TEXT    NOT NULL,
    train_rows        INTEGER NOT NULL,
    valid_rows        INTEGER NOT NULL,
    added             TEXT    NOT NULL
);

CREATE TABLE trials (
    experiment       INTEGER NOT NULL REFERENCES experiments (id),
    number           INTEGER NOT NULL,
    stage            TEXT    NOT NULL,
    pass             INTEGER NOT NULL,
    trainer          TEXT    NOT NULL,
    configuration    TEXT    NOT NULL,
    status           TEXT    NOT NULL,
    cached           BOOLEAN NOT NULL,
    scores           BLOB    NOT NULL,
    row_fraction     REAL,
    rounds           INTEGER NOT NULL,
    started_seconds  REAL,
    finished_seconds REAL,
    fit_seconds      REAL,
    score_seconds    REAL,
    reason           TEXT    NOT NULL,
    evaluations      TEXT    NOT NULL,
    PRIMARY KEY (experiment, number)
);

CREATE TABLE stages (
    experiment INTEGER NOT NULL REFERENCES experiments (id),
    pass       INTEGER NOT NULL,
    stage      TEXT    NOT NULL,
    exit_rule  TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    trials     INTEGER NOT NULL,
    seconds    REAL,
    notes      TEXT    NOT NULL,
    PRIMARY KEY (experiment, pass)
);

CREATE TABLE blobs (
    experiment INTEGER NOT NULL REFERENCES experiments (id),
    name       TEXT    NOT NULL,
    content    BLOB    NOT NULL,
    PRIMARY KEY (experiment, name)
);

CREATE TABLE holdout_looks (
    id            INTEGER NOT NULL PRIMARY KEY,
    holdout       TEXT    NOT NULL,
    experiment    INTEGER NOT NULL REFERENCES experiments (id),
    configuration TEXT    NOT NULL,
    looked        TEXT    NOT NULL,
    UNIQUE (holdout, experiment, configuration)
);
