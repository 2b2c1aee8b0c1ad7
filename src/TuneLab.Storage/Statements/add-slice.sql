INSERT INTO slices (entry, worker, began, ended, active_seconds, outcome, reason)
VALUES (@entry, @worker, @began, @ended, @active_seconds, @outcome, @reason)
RETURNING id
