using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Metrics;
using TuneLab.Space;
using TuneLab.Testing.Training;

namespace TuneLab.Tests.Experiments.Files;

public class SettledPlanTests
{
    private static readonly SearchSpace Parameters = new(
        new FloatParameter("learning_rate", 1e-4, 1, Scale.Log),
        new IntParameter("leaves", 2, 256, Scale.Log),
        new IntParameter("rounds", 10, 1000, step: 10),
        new ChoiceParameter("growth", "leaf", "level"),
        new FloatParameter("row_share", 0.4, 1, step: 0.1) { Condition = new Condition("growth", ["leaf"]) },
        new FloatParameter("l2", 0, 10));

    private static readonly SearchSpace DefaultSpace = new(
        new FloatParameter("learning_rate", 0.01, 0.3, Scale.Log), Parameters.Parameters[1], Parameters.Parameters[2], Parameters.Parameters[3], Parameters.Parameters[4]);

    private static readonly Configuration Default = new("boosting", [new("learning_rate", 0.1), new("leaves", 31), new("rounds", 100), new("growth", "leaf"), new("row_share", 1), new("l2", 0)]);

    [Theory]
    [InlineData("")]
    [InlineData("space: { boosting: { learning_rate: { high: 0.2 }, leaves: 16, l2: { low: 0.5, high: 2 } } }")]
    [InlineData("space: { boosting: { growth: [level] } }")]
    [InlineData("space: { boosting: { growth: leaf, row_share: { low: 0.5, high: 0.9 } } }")]
    public void Settled_WrittenAndReadBack_SearchesTheSameSpace(string space)
    {
        var plan = Plans.Read(Plans.Minimal + space);
        var edited = Edit(plan);
        var resolved = new ResolvedPlan(
            plan,
            LearningTask.Binary,
            MetricCatalog.Default(LearningTask.Binary),
            "stratified",
            [new PlannedTrainer(new SampleTrainer("boosting", Parameters, Default), edited.Space, Default)],
            [new StagePlan { Name = "coarse", Trials = 7 }, new StagePlan { Name = "confirm", Top = 2 }],
            StagesAreAuto: true);

        var back = Plans.Read(PlanJson.Write(resolved));

        Assert.Equal((LearningTask.Binary, "auc", "stratified"), (back.Task!.Value, back.Metric, back.Validate.Kind));
        Assert.Equal(["boosting"], back.Trainers);
        Assert.Equal(resolved.Stages, back.Stages);
        var again = Edit(back);
        Assert.Empty(again.Faults);
        Assert.Equal(edited.Space.Parameters.Select(Describe), again.Space.Parameters.Select(Describe));
        Assert.Equal(edited.FixedValues, again.FixedValues);
    }

    private static EditedSpace Edit(ExperimentPlan plan)
        => SpaceEditor.Apply("boosting", Parameters, DefaultSpace, Default, plan.Space.GetValueOrDefault("boosting") ?? new Dictionary<string, ParameterEdit>());

    private static string Describe(Parameter parameter)
        => $"{parameter.GetType().Name} {parameter.Name} {parameter.Describe()} {parameter.Condition?.Parameter} {string.Join("|", parameter.Condition?.Values ?? [])}";
}
