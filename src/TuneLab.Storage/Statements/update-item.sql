UPDATE backlog
SET version = version + 1, question = @question, kind = @kind, hypothesis = @hypothesis, expect = @expect, impact = @impact, effort = @effort, setup = @setup, state = @state, reason = @reason,
    file = @file, updated = @now
WHERE id = @id AND version = @version
