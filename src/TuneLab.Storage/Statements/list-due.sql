SELECT alert, channel, version, attempts, next, delivered, reason
FROM deliveries
WHERE next <= @now
ORDER BY next, alert, channel
