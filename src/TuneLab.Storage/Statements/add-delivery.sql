INSERT INTO deliveries (alert, channel, version, attempts, next, delivered, reason)
VALUES (@alert, @channel, 1, 0, @next, NULL, '')
