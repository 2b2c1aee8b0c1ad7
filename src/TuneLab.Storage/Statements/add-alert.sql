INSERT INTO alerts (id, event, entry, experiment, body, raised)
VALUES (@id, @event, @entry, @experiment, @body, @raised)
ON CONFLICT (id) DO NOTHING
