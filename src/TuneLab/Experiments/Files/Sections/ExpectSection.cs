using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Experiments.Files.Sections;

internal sealed class ExpectSection : SectionShape<Expectation>
{
    private readonly Key<string> _beats;
    private readonly Key<Margin> _by;
    private readonly Key<Nearness> _within;
    private readonly Key<double> _fasterBy;
    private readonly Key<string> _trainer;
    private readonly Key<string> _metric;
    private readonly Key<double> _atLeast;

    public ExpectSection()
    {
        _beats = Default("beats", new TextShape("default, a trainer's id or an experiment's name", false, Expectation.Default), Expectation.Default,
            "The rival: default (the best of the trainers' defaults), a trainer's id, or another experiment's name, of several the last, or as NAME#ID.");
        _by = Default("by", new MarginShape(), default,
            "By how much the winner must beat the rival on the holdout: in the metric's unit (0.01), or as a percentage of the rival's score (5%).");
        _within = Optional("within", new NearnessShape(), "How much worse than a rival is still good enough, instead of beating one: '0.01 of boosting', '2% of best' (best: this experiment's winner).");
        _fasterBy = Optional("faster_by", new NumberShape(new NumberLimits(0, null, MinOpen: true)), "How many times as fast as the rival its fits must be, besides.");
        _trainer = Optional("trainer", Names.Trainer, "The trainer whose best trial is judged. Left out: the winner.");
        _metric = Optional("metric", Names.Metrics, "The metric that decides. Left out: the experiment's metric.");
        _atLeast = Optional("at_least", new NumberShape(), "The score to reach on the holdout (at most it, where less is better), instead of a rival.");
    }

    protected override Expectation Build(SectionReader section)
    {
        var expect = new Expectation { Metric = section.Get(_metric), Trainer = section.Get(_trainer), FasterBy = section.Maybe(_fasterBy) };
        if (section.Maybe(_atLeast) is { } score)
        {
            Exclude(section, _atLeast, "a rival is to be beaten, or a score to be reached", _beats, _by, _within, _fasterBy);
            return expect with { Beats = null, AtLeast = score };
        }

        if (section.Maybe(_within) is { } near)
        {
            Exclude(section, _within, "a rival is to be beaten, or to be stayed near to", _beats, _by);
            if (near.Rival == Expectation.Winner && expect.Trainer is null)
            {
                section.Faults.Add(section.NodeOf(_within), "'expect.within' compares the winner with itself; say with 'trainer' whose best trial is to be that near.");
            }

            return expect with { Beats = null, Within = near.Margin.Value, Relative = near.Margin.Relative, Of = near.Rival ?? (expect.Trainer is null ? Expectation.Default : Expectation.Winner) };
        }

        var margin = section.Get(_by);
        return expect with { Beats = section.Get(_beats), By = margin.Value, Relative = margin.Relative };
    }

    protected override void Put(SectionWriter section, Expectation value)
    {
        section.Put(_beats, value.Beats);
        section.Put(_by, value.Beats is null ? null : new Margin(value.By, value.Relative));
        section.Put(_within, value.Within is { } most ? new Nearness(new Margin(most, value.Relative), value.Of) : null);
        section.Put(_fasterBy, value.FasterBy);
        section.Put(_trainer, value.Trainer);
        section.Put(_metric, value.Metric);
        section.Put(_atLeast, value.AtLeast);
    }

    private static void Exclude(SectionReader section, Key own, string because, params Key[] others)
    {
        foreach (var key in others.Where(section.Has))
        {
            section.Faults.Add(section.NodeOf(key), $"'expect.{key.Name}' and 'expect.{own.Name}' exclude each other: {because}.");
        }
    }
}
