SELECT alert, channel, version, attempts, next, delivered, reason
FROM deliveries
WHERE alert = @alert
ORDER BY channel
