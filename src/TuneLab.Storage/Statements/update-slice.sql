UPDATE slices
SET ended = @ended, active_seconds = @active_seconds, outcome = @outcome, reason = @reason
WHERE id = @id
