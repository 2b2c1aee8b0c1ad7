using TuneLab.Experiments.Files.Shapes;
using TuneLab.Space;

namespace TuneLab.Experiments.Files.Sections;

/// <summary>A hyperparameter's edit written as a section: bounds, or choices. A program's parameter is described whole, since there is nothing to edit.</summary>
internal sealed class RangeSection : SectionShape<ParameterEdit>
{
    private static readonly NameShape<bool> Types = new([new("float", false), new("int", true)]);

    private readonly Key<double> _low;
    private readonly Key<double> _high;
    private readonly Key<Scale> _scale;
    private readonly Key<double> _step;
    private readonly Key<IReadOnlyList<string>> _choices;

    private readonly Key<bool>? _type;
    private readonly Key<ParameterValue>? _default;

    public RangeSection(bool whole = false)
    {
        _low = Optional("low", new NumberShape(), "The lowest value.");
        _high = Optional("high", new NumberShape(), "The highest value.");
        _scale = Optional("scale", Names.Scales, "linear: equal steps are equally likely; log: equal ratios are, for which low must be above 0.");
        _step = Optional("step", new NumberShape(new NumberLimits(0, null, MinOpen: true)), "The distance between values, counted from low.");
        _choices = Optional("choices", new ListShape<string>(new TextShape(), "choices"), "The choices left, instead of bounds.");
        if (whole)
        {
            _type = Optional("type", Types, "int: whole numbers only. Left out: float.");
            _default = Optional("default", new ValueShape(), "The value to start from, the baseline. Left out: the middle of the range, the first choice.");
        }
    }

    protected override ParameterEdit Build(SectionReader section)
    {
        var edit = new ParameterEdit
        {
            Low = section.Maybe(_low),
            High = section.Maybe(_high),
            Scale = section.Maybe(_scale),
            Step = section.Maybe(_step),
            Choices = section.Get(_choices),
            Whole = _type is not null && section.Maybe(_type) is true,
            Default = _default is null ? null : section.Maybe(_default),
            Where = section.Node.Place.Text,
        };
        Check(section, edit);
        return edit;
    }

    protected override void Put(SectionWriter section, ParameterEdit value)
    {
        section.Put(_low, value.Low);
        section.Put(_high, value.High);
        section.Put(_scale, value.Scale);
        section.Put(_step, value.Step);
        section.Put(_choices, value.Choices);
        if (_type is not null && value.Whole)
        {
            section.Put(_type, true);
        }

        if (_default is not null)
        {
            section.Put(_default, value.Default);
        }
    }

    private void Check(SectionReader section, ParameterEdit edit)
    {
        var name = ParameterEditShape.NameOf(section.Node);
        if (edit is { Low: { } low, High: { } high } && low > high)
        {
            section.Faults.AddPlaced(section.Node, string.Create(CultureInfo.InvariantCulture, $"Parameter '{name}': low {low:R} exceeds high {high:R}; swap them in {section.Node.Place.Text}."));
        }

        if (edit is { Scale: Scale.Log, Low: { } lowest } && lowest <= 0)
        {
            section.Faults.AddPlaced(section.NodeOf(_low), string.Create(CultureInfo.InvariantCulture, $"Parameter '{name}': a log scale needs a low above 0, not {lowest:R}, in {section.NodeOf(_low).Place.Text}."));
        }

        if (edit is { Scale: Scale.Log, Step: not null })
        {
            section.Faults.AddPlaced(section.NodeOf(_step), $"Parameter '{name}': a step needs the linear scale; take out one of them in {section.NodeOf(_step).Place.Text}.");
        }

        if (section.Has(_choices) && new Key?[] { _low, _high, _scale, _step, _type }.Any(k => k is not null && section.Has(k)))
        {
            section.Faults.AddPlaced(section.Node, $"Parameter '{name}': choices and bounds exclude each other; take out one of them in {section.Node.Place.Text}.");
        }

        if (edit.Choices is { } choices)
        {
            ParameterEditShape.CheckChoices(section.NodeOf(_choices), name, choices, section.Faults);
        }
    }
}
