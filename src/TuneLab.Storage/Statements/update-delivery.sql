UPDATE deliveries
SET version = version + 1, attempts = @attempts, next = @next, delivered = @delivered, reason = @reason
WHERE alert = @alert AND channel = @channel AND version = @version
