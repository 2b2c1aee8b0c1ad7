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

    [Fact]
    public void Apply_LostOnASample_SitsOutOnly()
    {
        var (leader, other) = (LaneOf([0.90, 0.91, 0.89, 0.90, 0.92], rows: 0.2), LaneOf([0.80, 0.82, 0.79, 0.81, 0.83], rows: 0.2));
        Assert.Contains("trials on 20 % of the rows has auc", Assert.Single(TrainerElimination.Apply([leader, other], Auc, 0.25, int.MaxValue, [])), StringComparison.Ordinal);
        Assert.True(other.SitsOut);
        Assert.Equal(new Fidelity(0.2, 1, 1), other.DroppedBy);
        other.ComeBack();
        Assert.Null(other.Dropped);

        (leader, other) = (LaneOf([0.90, 0.91, 0.89, 0.90, 0.92]), LaneOf([0.80, 0.82, 0.79, 0.81, 0.83]));
        Assert.Single(TrainerElimination.Apply([leader, other], Auc, 0.25, int.MaxValue, []));
        Assert.False(other.SitsOut);
    }

    [Fact]
    public void Apply_BestOnEverything_StaysInWhateverASampleSays()
    {
        var (leader, other) = (LaneOf([0.90, 0.91, 0.89, 0.90, 0.92], rows: 0.2), LaneOf([0.80, 0.82, 0.79, 0.81, 0.83], rows: 0.2));
        Fill(leader, [0.90, 0.90, 0.90, 0.90, 0.90], trials: 1, rows: 1);
        Fill(other, [0.93, 0.91, 0.92, 0.90, 0.92], trials: 1, rows: 1);
        Assert.Empty(TrainerElimination.Apply([leader, other], Auc, 0.25, 1, []));
    }

    [Fact]
    public void Apply_AtMost_ComparesOnTheSameRows()
    {
        // the third's 0.70 on few rows is the worst of the three there; the others' on more rows are worse still, which says nothing
        var lanes = new[] { LaneOf([0.80, 0.7, 0.9], rows: 0.2), LaneOf([0.75, 0.72, 0.80], rows: 0.2), LaneOf([0.70, 0.69, 0.71], rows: 0.2) };
        Fill(lanes[0], [0.60, 0.61, 0.6], trials: 5, rows: 0.5);
        Fill(lanes[1], [0.60, 0.61, 0.6], trials: 5, rows: 0.5);
        var note = Assert.Single(TrainerElimination.Apply(lanes, Auc, 0.5, 2, []));
        Assert.Contains("20 % of the rows", note, StringComparison.Ordinal);
        Assert.Equal(note, lanes[2].Dropped);
    }

    [Fact]
    public void Apply_OneHasOnlyItsDefaultOnEverything_TheOthersAreRankedThereAllTheSame()
    {
        // on everything second, third and first; on few rows first, second and third
        var lanes = new[] { LaneOf([0.93, 0.9, 0.9], rows: 0.2), LaneOf([0.92, 0.9, 0.9], rows: 0.2), LaneOf([0.91, 0.9, 0.9], rows: 0.2), LaneOf([0.70, 0.7, 0.7], rows: 0.2) };
        Fill(lanes[0], [0.80, 0.8, 0.9], trials: 6, rows: 1);
        Fill(lanes[1], [0.79, 0.8, 0.9], trials: 6, rows: 1);
        Fill(lanes[2], [0.81, 0.8, 0.9], trials: 6, rows: 1);
        Fill(lanes[3], [0.60, 0.6, 0.6], trials: 1, rows: 1);
        TrainerElimination.Apply(lanes, Auc, 0.5, 2, []);
        Assert.Equal([true, false, true, false], lanes.Select(l => l.Dropped is null));
    }

    private Lane LaneOf(double[] scores, int trials = 5, double rows = 1)
    {
        var trainer = new GradientTrainer();
        var lane = new Lane(new PlannedTrainer(trainer, trainer.Info.DefaultSpace, trainer.Info.Default), Auc, 2, 1, 100);
        Fill(lane, scores, trials, rows);
        return lane;
    }

    private void Fill(Lane lane, double[] scores, int trials, double rows)
    {
        for (var i = 0; i < trials; i++)
        {
            lane.Add(new FinishedTrial
            {
                Number = _number++,
                Stage = "coarse",
                Pass = rows < 1 ? (int)(10 * rows) : 10,
                Configuration = lane.Trainer.Default.With("rate", 0.01 * (i + 1)),
                Status = TrialStatus.Completed,
                Cached = false,
                Scores = [.. scores.Select(s => s - 0.01 * i)], // the first is the best
                Rows = rows,
                Rounds = 1,
                StartedSeconds = 0,
                FinishedSeconds = 0,
                FitSeconds = 0,
                ScoreSeconds = 0,
                Reason = "",
                Evaluations = [],
            });
        }
    }
}
