UPDATE experiments
SET state = @state, reason = @reason, active_seconds = @active_seconds, result = COALESCE(@result, result), updated = @now
WHERE id = @experiment
