-- Schema version 2: trials on part of the rounds or folds, and rounds trained again because a paused run was lost.

ALTER TABLE trials ADD COLUMN round_fraction REAL NOT NULL DEFAULT 1;
ALTER TABLE trials ADD COLUMN fold_fraction REAL NOT NULL DEFAULT 1;
ALTER TABLE trials ADD COLUMN rounds_again INTEGER NOT NULL DEFAULT 0;
