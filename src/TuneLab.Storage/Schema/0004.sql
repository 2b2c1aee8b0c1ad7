-- Schema version 4: work that waits and the processes that do it: backlog, queue, slices, requests, workers, alerts.
-- A row with a version is changed only by who knows its version.

CREATE TABLE backlog (
    id         INTEGER NOT NULL PRIMARY KEY,
    version    INTEGER NOT NULL,
    question   TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    hypothesis TEXT,
    expect     TEXT,
    impact     INTEGER NOT NULL,
    effort     INTEGER NOT NULL,
    setup      TEXT,
    state      TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    file       TEXT,
    added      TEXT    NOT NULL,
    updated    TEXT    NOT NULL
);

CREATE TABLE queue (
    id          INTEGER NOT NULL PRIMARY KEY,
    version     INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    plan        TEXT    NOT NULL,
    file        TEXT    NOT NULL,
    data_digest TEXT    NOT NULL,
    priority    INTEGER NOT NULL,
    place       REAL    NOT NULL,
    after       TEXT    NOT NULL,
    run_window  TEXT,
    not_before  TEXT,
    deadline    TEXT,
    repeat      TEXT,
    state       TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    attempts    INTEGER NOT NULL,
    experiment  INTEGER REFERENCES experiments (id),
    parent      INTEGER REFERENCES experiments (id),
    worker      TEXT,
    added       TEXT    NOT NULL,
    updated     TEXT    NOT NULL
);

CREATE TABLE slices (
    id             INTEGER NOT NULL PRIMARY KEY,
    entry          INTEGER NOT NULL,
    worker         TEXT    NOT NULL,
    began          TEXT    NOT NULL,
    ended          TEXT,
    active_seconds REAL,
    outcome        TEXT    NOT NULL,
    reason         TEXT    NOT NULL
);

CREATE TABLE requests (
    experiment INTEGER NOT NULL PRIMARY KEY REFERENCES experiments (id),
    request    TEXT    NOT NULL,
    asked      TEXT    NOT NULL
);

CREATE TABLE workers (
    id      TEXT    NOT NULL PRIMARY KEY,
    process INTEGER NOT NULL,
    machine TEXT    NOT NULL,
    state   TEXT    NOT NULL,
    reason  TEXT    NOT NULL,
    stop    BOOLEAN NOT NULL,
    began   TEXT    NOT NULL,
    seen    TEXT    NOT NULL
);

CREATE TABLE alerts (
    id         TEXT    NOT NULL PRIMARY KEY,
    event      TEXT    NOT NULL,
    entry      INTEGER,
    experiment INTEGER REFERENCES experiments (id),
    body       TEXT    NOT NULL,
    raised     TEXT    NOT NULL
);

CREATE TABLE deliveries (
    alert     TEXT    NOT NULL REFERENCES alerts (id),
    channel   TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    attempts  INTEGER NOT NULL,
    next      TEXT,
    delivered TEXT,
    reason    TEXT    NOT NULL,
    PRIMARY KEY (alert, channel)
);
