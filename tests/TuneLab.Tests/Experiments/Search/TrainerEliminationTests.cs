using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Experiments.Search;
using TuneLab.Metrics;
using TuneLab.Storage;
using TuneLab.Testing.Training;

namespace TuneLab.Tests.Experiments.Search;

public sealed class TrainerEliminationTests
{
    private static readonly Metric Auc = MetricCatalog.Get("auc", LearningTask.Binary);
    private int _number;

    [Fact]
    public void Apply_ClearlyWorseOnEveryFold_IsOutWithTheReason()
    {
        var (leader, other) = (LaneOf([0.90, 0.91, 0.89, 0.90, 0.92]), LaneOf([0.80, 0.82, 0.79, 0.81, 0.83]));
        var notes = TrainerElimination.Apply([leader, other], Auc, 0.25, int.MaxValue, []);
        Assert.Null(leader.Dropped);
        Assert.Equal(Assert.Single(notes), other.Dropped);
        Assert.Contains("auc 0.81 against", other.Dropped, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_WorseByLessThanTheNoise_StaysIn()
    {
        var (leader, other) = (LaneOf([0.90, 0.80, 0.85, 0.95, 0.75]), LaneOf([0.80, 0.89, 0.83, 0.86, 0.82]));
        Assert.Empty(TrainerElimination.Apply([leader, other], Auc, 0.25, int.MaxValue, []));
        Assert.Null(other.Dropped);
    }

    [Fact]
    public void Apply_TooFewTrialsOrOneFold_DropsNobody()
    {
        Assert.Empty(TrainerElimination.Apply([LaneOf([0.90, 0.91, 0.89]), LaneOf([0.60, 0.61, 0.62], trials: 4)], Auc, 0.5, int.MaxValue, []));
        Assert.Empty(TrainerElimination.Apply([LaneOf([0.90]), LaneOf([0.60])], Auc, 1, int.MaxValue, []));
    }

    [Fact]
    public void Apply_AtMost_KeepsTheBest()
    {
        var lanes = new[] { LaneOf([0.80, 0.7, 0.9]), LaneOf([0.82, 0.72, 0.89]), LaneOf([0.81, 0.71, 0.9]) };
        Assert.Contains("only the best 2 go on", Assert.Single(TrainerElimination.Apply(lanes, Auc, 0.5, 2, [])), StringComparison.Ordinal);
        Assert.NotNull(lanes[0].Dropped);
    }

    private Lane LaneOf(double[] scores, int trials = 5)
    {
        var trainer = new GradientTrainer();
        var lane = new Lane(new PlannedTrainer(trainer, trainer.Info.DefaultSpace, trainer.Info.Default), Auc, 2, 1, 100);
        for (var i = 0; i < trials; i++)
        {
            lane.Add(new FinishedTrial
            {
                Number = _number++,
                Stage = "coarse",
                Pass = 1,
                Configuration = trainer.Info.Default.With("rate", 0.01 * (i + 1)),
                Status = TrialStatus.Completed,
                Cached = false,
                Scores = [.. scores.Select(s => s - 0.01 * i)], // the first is the best
                Rows = 1,
                Rounds = 1,
                StartedSeconds = 0,
                FinishedSeconds = 0,
                FitSeconds = 0,
                ScoreSeconds = 0,
                Reason = "",
                Evaluations = [],
            });
        }

        return lane;
    }
}
