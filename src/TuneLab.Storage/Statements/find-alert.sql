SELECT id, event, entry, experiment, body, raised
FROM alerts
WHERE id = @id
