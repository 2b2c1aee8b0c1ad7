INSERT INTO holdout_looks (holdout, experiment, configuration, looked)
VALUES (@holdout, @experiment, @configuration, @looked)
ON CONFLICT (holdout, experiment, configuration) DO NOTHING
