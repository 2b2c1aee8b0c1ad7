-- Schema version 2: what models predicted on the rows that they were scored on, for ensembles; trials on part of the rounds or folds, and rounds trained again because a paused run was lost.
-- Predictions are little-endian floats of 4 bytes each, [rows x outputs], row-major.

CREATE TABLE predictions (
    content_key TEXT NOT NULL PRIMARY KEY,
    numbers     BLOB NOT NULL,
    added       TEXT NOT NULL
);

ALTER TABLE trials ADD COLUMN round_fraction REAL NOT NULL DEFAULT 1;
ALTER TABLE trials ADD COLUMN fold_fraction REAL NOT NULL DEFAULT 1;
ALTER TABLE trials ADD COLUMN rounds_again INTEGER NOT NULL DEFAULT 0;
