-- Schema version 2: what models predicted on the rows that they were scored on, for ensembles.
-- Predictions are little-endian floats of 4 bytes each, [rows x outputs], row-major.

CREATE TABLE predictions (
    content_key TEXT NOT NULL PRIMARY KEY,
    numbers     BLOB NOT NULL,
    added       TEXT NOT NULL
);
