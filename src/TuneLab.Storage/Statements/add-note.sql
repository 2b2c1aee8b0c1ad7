INSERT INTO notes (experiment, note, added)
VALUES (@experiment, @note, @added)
