using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Tests.Data;

public class TaskTableBuilderTests
{
    private static readonly NumberColumn Feature = new("f", [1, 2, 3, 4]);

    [Fact]
    public void Build_TwoNames_BinaryWithTheLastAsPositive()
    {
        var table = Build(Names("y", "b", "a", "b", "a"));

        Assert.Equal(LearningTask.Binary, table.Task);
        Assert.Equal(["a", "b"], table.Classes);
        Assert.Equal([1, 0, 1, 0], table.Target);
        Assert.Equal(1, table.Outputs);
    }

    [Fact]
    public void Build_PositiveGiven_IsClassOne()
    {
        var table = Build(Names("y", "b", "a", "b", "a"), new DataRoles { Label = "y", Positive = "A" });

        Assert.Equal(["b", "a"], table.Classes);
        Assert.Equal([0, 1, 0, 1], table.Target);
    }

    [Fact]
    public void Build_Booleans_TrueIsPositive()
        => Assert.Equal(["Yes", "no"], Build(new CategoryColumn("y", [1, 0, 1, 0], ["Yes", "no"], ColumnType.Boolean)).Classes);

    [Fact]
    public void Build_TwoNumbers_SortedAsNumbers()
    {
        var table = Build(new NumberColumn("y", [10, 9, 10, 9]), new DataRoles { Label = "y" });

        Assert.Equal(["9", "10"], table.Classes);
        Assert.Equal(["10", "9"], Build(new NumberColumn("y", [10, 9, 10, 9]), new DataRoles { Label = "y", Positive = "9.0" }).Classes);
    }

    [Fact]
    public void Build_RowsWithoutLabel_AreLeftOutAndCounted()
    {
        var table = Build(new CategoryColumn("y", [0, -1, 1, 0], ["a", "b"]), new DataRoles { Label = "y", Weight = "w" }, new NumberColumn("w", [1, double.NaN, 2, 3]));

        Assert.Equal(1, table.RowsWithoutLabel);
        Assert.Equal([0, 1, 0], table.Target);
        Assert.Equal([1, 2, 3], table.Weights!);
        Assert.Equal([1, 3, 4], ((NumberColumn)table.Features.Single()).Values);
        Assert.Equal(3, table.Data.RowCount);
    }

    [Theory]
    [InlineData(0, 2, LearningTask.Binary)]
    [InlineData(0, 10, LearningTask.Multiclass)]
    [InlineData(1, 7, LearningTask.Multiclass)]
    [InlineData(3, 7, LearningTask.Regression)]
    [InlineData(0, 21, LearningTask.Regression)]
    public void Build_WholeNumbers_ClassesOnlyWhenTheyCountUpFromZeroOrOne(int lowest, int values, LearningTask expected)
    {
        var label = new NumberColumn("y", [.. Enumerable.Range(0, 20 * values).Select(i => (double)(lowest + i % values))]);

        Assert.Equal(expected, TaskTableBuilder.Build(new Dataset("t", [label, new NumberColumn("f", new double[label.Count])]), new DataRoles { Label = "y" }).Task);
    }

    [Fact]
    public void Build_NumbersWithFewRowsEach_Regression()
        => Assert.Equal(LearningTask.Regression, Build(new NumberColumn("y", [1, 2, 3, 3])).Task);

    [Fact]
    public void Build_TaskGiven_Decides()
    {
        Assert.Equal(LearningTask.Regression, Build(new NumberColumn("y", [0, 1, 0, 1]), task: LearningTask.Regression).Task);
        Assert.Equal(["0", "1", "2"], Build(new NumberColumn("y", [2, 1, 0, 1]), features: [], task: LearningTask.Multiclass, rows: 8).Classes);
    }

    [Fact]
    public void Build_Roles_AreNoFeatures()
    {
        var table = Build(
            Names("y", "b", "a", "b", "a"),
            new DataRoles { Label = "y", Weight = "w", Group = "g", Time = "t", Split = "s", Ignore = ["i"] },
            new NumberColumn("w", [0, 1, 2, 0.5]), Names("g", "u", "v", "u", "w"), new DateColumn("t", [30, 10, 20, 40]), Names("s", "train", "valid", "train", "valid"), Names("i", "q", "q", "r", "r"));

        Assert.Equal(["f"], table.Features.Select(c => c.Name));
        Assert.Equal([0, 1, 2, 0.5], table.Weights!);
        Assert.Equal([0, 1, 0, 2], table.Groups!);
        Assert.Equal([30, 10, 20, 40], table.Times!);
        Assert.Equal([false, true, false, true], table.GivenValid!);
    }

    [Fact]
    public void Fingerprint_SameContentOtherOrderOrSource_IsTheSame()
    {
        var a = new NumberColumn("a", [1, 2, 3, 4]);
        var label = Names("y", "b", "a", "b", "a");
        var one = TaskTableBuilder.Build(new Dataset("one.csv", [a, Feature, label]), new DataRoles { Label = "y" });
        var two = TaskTableBuilder.Build(new Dataset("two.csv", [label, Feature, a]), new DataRoles { Label = "y", Positive = "b" });

        Assert.Equal(one.Fingerprint, two.Fingerprint);
        Assert.Matches("^[0-9a-f]{64}$", one.Fingerprint);
    }

    [Fact]
    public void Fingerprint_EachPartMatters()
    {
        var label = Names("y", "b", "a", "b", "a");
        var text = new TextColumn("x", ["ab", "c", null, ""]);
        DataRoles roles = new() { Label = "y" };
        Dataset[] data =
        [
            new("t", [label, Feature]),
            new("t", [label, new NumberColumn("f", [1, 2, 3, 5])]),
            new("t", [label, new NumberColumn("g", [1, 2, 3, 4])]),
            new("t", [label, new DateColumn("f", [1, 2, 3, 4])]),
            new("t", [label, Feature, text]),
            new("t", [label, Feature, new TextColumn("x", ["a", "bc", null, ""])]),
            new("t", [label, Feature, new TextColumn("x", ["ab", "c", "", null])]),
            new("t", [label, Feature, new CategoryColumn("x", [0, 1, 0, 1], ["a", "b"])]),
            new("t", [label, Feature, new CategoryColumn("x", [0, 1, 0, 1], ["a", "c"])]),
            new("t", [Names("y", "a", "a", "b", "b"), Feature]),
        ];
        var prints = data.Select(d => TaskTableBuilder.Build(d, roles).Fingerprint)
            .Append(TaskTableBuilder.Build(data[0], roles with { Positive = "a" }).Fingerprint)
            .Append(TaskTableBuilder.Build(data[0], roles, LearningTask.Multiclass).Fingerprint)
            .Append(TaskTableBuilder.Build(data[4], roles with { Weight = "f" }).Fingerprint)
            .Append(TaskTableBuilder.Build(data[4], roles with { Time = "f" }).Fingerprint)
            .Append(TaskTableBuilder.Build(data[4], roles with { Group = "f" }).Fingerprint)
            .Append(TaskTableBuilder.Build(data[0], Monotone(MonotoneDirection.Increasing)).Fingerprint)
            .Append(TaskTableBuilder.Build(data[0], Monotone(MonotoneDirection.Decreasing)).Fingerprint)
            .ToArray();

        Assert.Equal(prints.Length, prints.Distinct().Count());
        Assert.Equal(prints[0], TaskTableBuilder.Build(data[4], roles with { Ignore = ["x"] }).Fingerprint);
    }

    [Fact]
    public void Fingerprint_NoMonotoneColumn_IsThatOfBeforeThereWereAny()
    {
        // the format of before data.monotone came, hashed by hand in Python: stored evaluations stay found
        var table = TaskTableBuilder.Build(new Dataset("t", [Names("y", "b", "a", "b", "a"), Feature, new TextColumn("x", ["ab", "c", null, ""])]), new DataRoles { Label = "y" });

        Assert.Equal("98dfc23d81a5563eb51dbfb87d696e2b7657ef2809f2054d84c34527037b9dcc", table.Fingerprint);
    }

    [Fact]
    public void Build_UnknownColumns_AllNamedAtOnce()
    {
        var error = Assert.Throws<InputException>(() => Build(Names("churned", "a", "b", "a", "b"), new DataRoles { Label = "chrned", Group = "g", Ignore = ["f", "nope"] }));

        Assert.Equal(["t.csv has no column 'chrned' (label).", "t.csv has no column 'g' (group).", "t.csv has no column 'nope' (ignore)."], error.Faults);
        Assert.Equal("did you mean 'churned'? The columns are: churned, f.", error.Hint);
    }

    public static TheoryData<Column, DataRoles, LearningTask?, string> Faults() => new()
    {
        { Names("y", "a", "a", "a", "a"), new() { Label = "y" }, null, "has one class only, 'a'" },
        { new CategoryColumn("y", [1, 1, 1, 1], ["no", "yes"], ColumnType.Boolean), new() { Label = "y" }, null, "has one class only, 'yes'" },
        { new NumberColumn("y", [double.NaN, double.NaN, double.NaN, double.NaN]), new() { Label = "y" }, null, "is missing in all 4 rows" },
        { new NumberColumn("y", [5, 5, 5, 5]), new() { Label = "y" }, LearningTask.Regression, "is 5 in all 4 rows" },
        { new NumberColumn("y", [double.NaN, 5, 6, double.PositiveInfinity]), new() { Label = "y" }, LearningTask.Regression, "t.csv row 4: the label 'y' is Infinity" },
        { Names("y", "a", "b", "c", "a"), new() { Label = "y" }, LearningTask.Binary, "has 3: 'a', 'b', 'c'" },
        { Names("y", "a", "b", "c", "a"), new() { Label = "y" }, LearningTask.Regression, "needs a number as its label" },
        { Names("y", "a", "b", "c", "d"), new() { Label = "y" }, null, "4 different values in 4 rows" },
        { Names("y", "a", "b", "b", "a"), new() { Label = "y", Positive = "c" }, null, "no class 'c' to be the positive one" },
        { new NumberColumn("y", [1, 2, 3, 4]), new() { Label = "y", Positive = "4" }, null, "but the task is regression" },
        { Names("y", "a", "b", "b", "a"), new() { Label = "y", Ignore = ["f"] }, null, "no feature left" },
        { Names("y", "a", "b", "b", "a"), new() { Label = "y", Weight = "y" }, null, "can't be weight too" },
        { new NumberColumn("y", [1, -2, 3, 4]), new() { Label = "f", Weight = "y" }, LearningTask.Regression, "t.csv row 2: the weight 'y' is '-2'" },
        { new NumberColumn("y", [1, 2, double.NaN, 4]), new() { Label = "f", Weight = "y" }, LearningTask.Regression, "t.csv row 3: the weight 'y' is missing" },
        { new NumberColumn("y", [0, 0, 0, 0]), new() { Label = "f", Weight = "y" }, LearningTask.Regression, "is 0 in every row" },
        { Names("y", "a", "b", "b", "a"), new() { Label = "f", Weight = "y" }, LearningTask.Regression, "the weight 'y' is a category" },
        { Names("y", "a", null, "b", "a"), new() { Label = "f", Group = "y" }, LearningTask.Regression, "t.csv row 2: the group 'y' is missing" },
        { Names("y", "a", "b", "b", "a"), new() { Label = "f", Time = "y" }, LearningTask.Regression, "a number or a date is needed" },
        { Names("y", "train", "test", "valid", "train"), new() { Label = "f", Split = "y" }, LearningTask.Regression, "t.csv row 2: the split 'y' is 'test'; train or valid is needed" },
        { Names("y", "a", "b", "b", "a"), new() { Label = "y", Monotone = Up("ff") }, null, "no column 'ff' (monotone)" },
        { Names("y", "a", "b", "b", "a"), new() { Label = "y", Monotone = Up("y") }, null, "can't be monotone too" },
        { Names("y", "a", "b", "b", "a"), new() { Label = "f", Monotone = Up("y") }, LearningTask.Regression, "'y' is a category and can't be monotone" },
        { new DateColumn("y", [1, 2, 3, 4]), new() { Label = "f", Monotone = Up("y") }, LearningTask.Regression, "'y' is a date and can't be monotone; numbers and booleans can" },
        { Names("y", "a", "b", "b", "a"), new() { Label = "f", Ignore = ["y"], Monotone = Up("y") }, LearningTask.Regression, "'y' is no feature" },
        { Names("y", "a", "b", "b", "a"), new() { Label = "y", Monotone = Up("f") }, LearningTask.Multiclass, "classes have no order" },
        { Names("y", "train", "train", "train", "train"), new() { Label = "f", Split = "y" }, LearningTask.Regression, "says train in every row" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Build_Fault_SaysWhat(Column column, DataRoles roles, LearningTask? task, string expected)
    {
        var error = Assert.Throws<InputException>(() => Build(column, roles, task: task, features: column.Name == "y" && roles.Label == "f" ? [new NumberColumn("other", [1, 2, 3, 4])] : []));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static TaskTable Build(Column column, DataRoles? roles = null, params Column[] features) => Build(column, roles, null, 4, features);

    private static TaskTable Build(Column column, LearningTask? task) => Build(column, null, task, 4, []);

    private static TaskTable Build(Column column, DataRoles? roles, LearningTask? task, Column[] features) => Build(column, roles, task, 4, features);

    private static TaskTable Build(Column column, Column[] features, LearningTask? task, int rows) => Build(column, null, task, rows, features);

    private static TaskTable Build(Column column, DataRoles? roles, LearningTask? task, int rows, Column[] features)
    {
        // More rows than four: the same ones again.
        int[] again = [.. Enumerable.Range(0, rows).Select(i => i % column.Count)];
        var data = new Dataset("t.csv", [.. new[] { column, Feature }.Concat(features)]);
        return TaskTableBuilder.Build(rows == column.Count ? data : data.Select(again), roles ?? new DataRoles { Label = column.Name }, task);
    }

    private static DataRoles Monotone(MonotoneDirection direction) => new() { Label = "y", Monotone = new Dictionary<string, MonotoneDirection> { ["f"] = direction } };

    private static Dictionary<string, MonotoneDirection> Up(string column) => new() { [column] = MonotoneDirection.Increasing };

    private static CategoryColumn Names(string name, params string?[] values)
    {
        string[] levels = [.. values.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return new CategoryColumn(name, Array.ConvertAll(values, v => v is null ? -1 : Array.IndexOf(levels, v)), levels);
    }
}
