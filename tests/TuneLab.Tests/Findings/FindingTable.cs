using TuneLab.Analysis.Findings;
using TuneLab.Data;
using TuneLab.Data.Splitting;
using TuneLab.Randomness;

namespace TuneLab.Tests.Findings;

/// <summary>Tables for the tests of findings: an honest one that each test spoils in its own way.</summary>
internal sealed class FindingTable(int rows, LearningTask task = LearningTask.Binary, int classes = 2)
{
    private readonly SeededRandom _random = new(11);
    private readonly List<Column> _columns = [];
    private double[]? _label;

    /// <summary>The label: class index or number.</summary>
    public double[] Label => _label ??= [.. Enumerable.Range(0, rows).Select(_ => task == LearningTask.Regression ? Math.Round(_random.NextNormal(), 4) : _random.NextInt(classes))];

    public SeededRandom Random => _random;

    public FindingTable WithLabel(Func<int, double> label)
    {
        _label = [.. Enumerable.Range(0, rows).Select(label)];
        return this;
    }

    public FindingTable Number(string name, Func<int, double> value)
    {
        _columns.Add(new NumberColumn(name, [.. Enumerable.Range(0, rows).Select(value)]));
        return this;
    }

    public FindingTable Category(string name, Func<int, int> code)
    {
        int[] codes = [.. Enumerable.Range(0, rows).Select(code)];
        _columns.Add(new CategoryColumn(name, codes, [.. Enumerable.Range(0, codes.Max() + 1).Select(c => "v" + c.ToString("00000"))]));
        return this;
    }

    public FindingTable Dates(string name, Func<int, double> day)
    {
        var first = new DateTime(2024, 1, 1);
        _columns.Add(new DateColumn(name, [.. Enumerable.Range(0, rows).Select(row => first.AddDays(Math.Floor(day(row))).Ticks)]));
        return this;
    }

    public FindingTable Texts(string name, Func<int, string> text)
    {
        _columns.Add(new TextColumn(name, [.. Enumerable.Range(0, rows).Select(text)]));
        return this;
    }

    /// <summary>Two numbers that tell a little of the label each.</summary>
    public FindingTable Honest()
    {
        var label = Label;
        return Number("a", row => 0.5 * label[row] + _random.NextNormal()).Number("b", row => _random.NextNormal() - 0.3 * label[row]);
    }

    public TaskTable Table(DataRoles? roles = null)
    {
        Column label = task == LearningTask.Regression
            ? new NumberColumn("y", Label)
            : new CategoryColumn("y", Array.ConvertAll(Label, c => (int)c), [.. Enumerable.Range(0, classes).Select(c => "c" + c)]);
        return TaskTableBuilder.Build(new Dataset("t.csv", [.. _columns, label]), roles ?? new DataRoles { Label = "y" }, task);
    }

    public IReadOnlyList<Finding> Look(DataRoles? roles = null, string? kind = null, double holdout = 0.2, int folds = 5)
    {
        var table = Table(roles);
        kind ??= SplitterCatalog.DefaultFor(table);
        var (training, held) = Holdout.Split(table, kind, holdout);
        return TableLook.Of(table, new PlannedSplit(kind, folds, training, held)).Findings;
    }
}
