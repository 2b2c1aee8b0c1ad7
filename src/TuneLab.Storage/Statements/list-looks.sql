SELECT holdout, experiment, configuration, looked
FROM holdout_looks
WHERE holdout = @holdout
ORDER BY looked, id
