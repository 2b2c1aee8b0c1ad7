SELECT id, version, name, plan, file, data_digest, priority, place, after, run_window, not_before, deadline, repeat, state, reason, attempts, experiment, worker, added, updated
FROM queue
ORDER BY id
