INSERT INTO queue (version, name, plan, file, data_digest, priority, place, after, run_window, not_before, deadline, repeat, state, reason, attempts, experiment, worker, added, updated)
VALUES (1, @name, @plan, @file, @data_digest, @priority, (SELECT COALESCE(MAX(place), 0) + 1 FROM queue), @after, @window, @not_before, @deadline, @repeat, @state, @reason, 0, @experiment, NULL, @now, @now)
RETURNING id, version, name, plan, file, data_digest, priority, place, after, run_window, not_before, deadline, repeat, state, reason, attempts, experiment, worker, added, updated
