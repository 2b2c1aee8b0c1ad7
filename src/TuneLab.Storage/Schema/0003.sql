-- Schema version 3: notes of the journal. A note may be about an experiment.

CREATE TABLE notes (
    id         INTEGER NOT NULL PRIMARY KEY,
    experiment INTEGER REFERENCES experiments (id),
    note       TEXT    NOT NULL,
    added      TEXT    NOT NULL
);
