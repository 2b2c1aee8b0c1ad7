using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Experiments.Files.Sections;

internal sealed class ExpectSection : SectionShape<Expectation>
{
    private readonly Key<string> _beats;
    private readonly Key<Margin> _by;
    private readonly Key<string> _metric;
    private readonly Key<double> _atLeast;

    public ExpectSection()
    {
        _beats = Default("beats", new TextShape("default, a trainer's id or an experiment's name", false, "default"), "default",
            "The rival: default (the best of the trainers' defaults), a trainer's id, or another experiment's name.");
        _by = Default("by", new MarginShape(), default,
            "By how much the winner must beat the rival on the holdout: in the metric's unit (0.01), or as a percentage of the rival's score (5%).");
        _metric = Optional("metric", Names.Metrics, "The metric that decides. Left out: the experiment's metric.");
        _atLeast = Optional("at_least", new NumberShape(), "The score to reach on the holdout (at most it, where less is better), instead of a rival.");
    }

    protected override Expectation Build(SectionReader section)
    {
        if (section.Maybe(_atLeast) is { } score)
        {
            foreach (var key in new Key[] { _beats, _by }.Where(section.Has))
            {
                section.Faults.Add(section.NodeOf(key), $"'expect.{key.Name}' and 'expect.at_least' exclude each other: a rival is to be beaten, or a score to be reached.");
            }

            return new Expectation { Beats = null, AtLeast = score, Metric = section.Get(_metric) };
        }

        var margin = section.Get(_by);
        return new Expectation { Beats = section.Get(_beats), By = margin.Value, Relative = margin.Relative, Metric = section.Get(_metric) };
    }

    protected override void Put(SectionWriter section, Expectation value)
    {
        section.Put(_beats, value.Beats);
        section.Put(_by, value.AtLeast is null ? new Margin(value.By, value.Relative) : null);
        section.Put(_metric, value.Metric);
        section.Put(_atLeast, value.AtLeast);
    }
}
