INSERT INTO trials (experiment, number, stage, pass, trainer, configuration, status, cached, scores, row_fraction, rounds, started_seconds, finished_seconds, fit_seconds, score_seconds, reason, evaluations)
VALUES (@experiment, @number, @stage, @pass, @trainer, @configuration, @status, @cached, @scores, @row_fraction, @rounds, @started_seconds, @finished_seconds, @fit_seconds, @score_seconds, @reason, @evaluations)
ON CONFLICT (experiment, number) DO NOTHING
