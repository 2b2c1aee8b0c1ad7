INSERT INTO workers (id, process, machine, state, reason, stop, began, seen)
VALUES (@id, @process, @machine, @state, @reason, @stop, @began, @seen)
ON CONFLICT (id) DO UPDATE SET state = excluded.state, reason = excluded.reason, seen = excluded.seen
