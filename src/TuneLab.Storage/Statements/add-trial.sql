INSERT INTO trials (experiment, number, stage, pass, trainer, configuration, status, cached, scores, row_fraction, rounds, started_seconds, finished_seconds, fit_seconds, score_seconds, reason, evaluations, round_fraction, fold_fraction, rounds_again)
VALUES (@experiment, @number, @stage, @pass, @trainer, @configuration, @status, @cached, @scores, @row_fraction, @rounds, @started_seconds, @finished_seconds, @fit_seconds, @score_seconds, @reason, @evaluations, @round_fraction, @fold_fraction, @rounds_again)
ON CONFLICT (experiment, number) DO NOTHING
