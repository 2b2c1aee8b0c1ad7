SELECT id, version, name, plan, file, data_digest, priority, place, after, run_window, not_before, deadline, repeat, state, reason, attempts, experiment, parent, worker, added, updated
FROM queue
WHERE state <> 'done'
ORDER BY id
