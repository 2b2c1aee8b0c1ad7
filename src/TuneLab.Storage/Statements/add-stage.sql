INSERT INTO stages (experiment, pass, stage, exit_rule, reason, trials, seconds, notes)
VALUES (@experiment, @pass, @stage, @exit_rule, @reason, @trials, @seconds, @notes)
ON CONFLICT (experiment, pass) DO NOTHING
