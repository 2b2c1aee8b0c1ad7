SELECT id, event, entry, experiment, body, raised
FROM alerts
WHERE raised >= @since
ORDER BY raised, id
