using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Experiments.Files.Sections;

internal sealed class ValidateSection : SectionShape<ValidationPlan>
{
    private readonly Key<int> _folds;
    private readonly Key<double> _holdout;
    private readonly Key<int> _repeats;
    private readonly Key<string> _kind;
    private readonly Key<string> _column;
    private readonly Key<int> _nested;
    private readonly Key<int> _outer;

    public ValidateSection()
    {
        var defaults = new ValidationPlan();
        _folds = Default("folds", Names.WholeFrom(2), defaults.Folds, "Folds per repeat.");
        _holdout = Default("holdout", new NumberShape(new NumberLimits(0, 0.9)), defaults.Holdout,
            "The fraction of rows set aside first and never searched on; the verdict comes from it. With kind: given it is 0 unless written.");
        _repeats = Default("repeats", Names.WholeFrom(1), defaults.Repeats, "How often each trial's cross-validation is repeated.");
        _kind = Optional("kind", Names.SplitKinds,
            "How rows are parted. Left out: time when data.time is named, group when data.group is, else stratified or, for regression, kfold.");
        _nested = Optional("nested", Names.WholeFrom(2, 100),
            "Outer folds, for tables too small for a holdout: the whole search is run once more without each of them, and the verdict comes from how it does on them. It takes that many times as long; a time budget is parted among all.");
        _outer = Optional("outer", Names.WholeFrom(1, 100), "Only one of the searches that 'nested' asks for: the one that leaves this outer fold out, from 1.");
        _column = Optional("column", Names.Column, "For kind: given: the column whose values say train or valid.");
    }

    protected override ValidationPlan Build(SectionReader section)
    {
        var (kind, column) = (section.Get(_kind), section.Get(_column));
        if (kind == Names.Given && !section.Has(_column))
        {
            section.Faults.Add(section.NodeOf(_kind), "'validate.kind' is given, which needs 'validate.column': the column whose values say train or valid.");
        }

        if (kind != Names.Given && section.Has(_column))
        {
            section.Faults.Add(section.NodeOf(_column), $"'validate.column' is '{column}', which only 'kind: given' uses; write that, or take the column out.");
        }

        var nested = section.Maybe(_nested);
        foreach (var (key, wrong, why) in new (Key, bool, string)[]
        {
            (_nested, nested is not null && section.Maybe(_holdout) > 0, "'validate.nested' and 'validate.holdout' exclude each other: outer folds decide, or a holdout does."),
            (_nested, nested is not null && kind is Names.Given, "'validate.nested' parts all rows anew for each outer fold, which does not go with 'kind: given', where a column has parted them once and for all; take a holdout, or another kind."),
            (_outer, section.Maybe(_outer) > (nested ?? 0), "'validate.outer' is one of the outer folds of 'validate.nested', from 1 to their number."),
        })
        {
            if (wrong)
            {
                section.Faults.Add(section.NodeOf(key), why);
            }
        }

        return new ValidationPlan
        {
            Nested = nested,
            Outer = section.Maybe(_outer),
            Folds = section.Get(_folds),
            Holdout = section.Maybe(_holdout) ?? (kind == Names.Given || nested is not null ? 0 : _holdout.Default),
            Repeats = section.Get(_repeats),
            Kind = kind,
            Column = column,
        };
    }

    protected override void Put(SectionWriter section, ValidationPlan value)
    {
        if (value.Folds > 0)
        {
            section.Put(_folds, value.Folds);
            section.Put(_holdout, value.Holdout);
        }

        section.Put(_repeats, value.Repeats);
        section.Put(_kind, value.Kind);
        section.Put(_column, value.Column);
        section.Put(_nested, value.Nested);
        section.Put(_outer, value.Outer);
    }
}
