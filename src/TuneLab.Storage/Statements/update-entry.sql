UPDATE queue
SET version = version + 1, name = @name, plan = @plan, file = @file, data_digest = @data_digest, priority = @priority, place = @place, after = @after, run_window = @window, not_before = @not_before,
    deadline = @deadline, repeat = @repeat, state = @state, reason = @reason, attempts = @attempts, experiment = @experiment, worker = @worker, updated = @now
WHERE id = @id AND version = @version
