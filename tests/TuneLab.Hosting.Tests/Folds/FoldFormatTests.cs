using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Hosting.Folds;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Hosting.Tests.Folds;

public sealed class FoldFormatTests
{
    [Theory]
    [InlineData(LearningTask.Binary, true)]
    [InlineData(LearningTask.Multiclass, false)]
    [InlineData(LearningTask.Regression, true)]
    public void Read_WhatWasWritten_IsTheFold(LearningTask task, bool weighted)
    {
        var drawn = SampleFold.Of(task, 100, 1, weighted ? row => row % 3 : null);
        var fold = SampleFold.Make(task, [.. drawn.Table.Columns, SampleFold.Numbers("später", [.. Enumerable.Repeat(float.NaN, 100)]) with { Source = "día" }], drawn.Target, drawn.Weights, drawn.Train, new Dictionary<string, MonotoneDirection>
        {
            ["a"] = MonotoneDirection.Decreasing,
            ["b"] = MonotoneDirection.Increasing,
        });
        AssertSame(fold, Copy(fold));
    }

    [Fact]
    public void Read_FoldWithoutColumns_IsTheFold()
    {
        var fold = SampleFold.Make(LearningTask.Regression, [], [1, double.NaN, -0.0]);
        AssertSame(fold, Copy(fold));
    }

    [Fact]
    public void Read_OtherBytes_IsInvalidData() => Assert.Throws<InvalidDataException>(() => FoldFormat.Read(new MemoryStream("PK no fold"u8.ToArray())));

    [Fact]
    public void Read_BytesThatEndEarly_Says()
    {
        using var stream = new MemoryStream();
        FoldFormat.Write(stream, SampleFold.Of(LearningTask.Binary));
        Assert.Throws<EndOfStreamException>(() => FoldFormat.Read(new MemoryStream(stream.ToArray()[..^1])));
    }

    private static PreparedFold Copy(PreparedFold fold)
    {
        using var stream = new MemoryStream();
        FoldFormat.Write(stream, fold);
        stream.Position = 0;
        var copy = FoldFormat.Read(stream);
        Assert.Equal(stream.Length, stream.Position);
        return copy;
    }

    private static void AssertSame(PreparedFold expected, PreparedFold actual)
    {
        Assert.Equal((expected.Task, expected.Outputs, expected.Table.RowCount), (actual.Task, actual.Outputs, actual.Table.RowCount));
        Assert.Equal(expected.Target, actual.Target);
        Assert.Equal(expected.Weights, actual.Weights);
        Assert.Equal(expected.Train, actual.Train);
        Assert.Equal(expected.Monotone.OrderBy(m => m.Key), actual.Monotone.OrderBy(m => m.Key));
        Assert.Equal(expected.Table.Columns.Count, actual.Table.Columns.Count);
        foreach (var (column, copy) in expected.Table.Columns.Zip(actual.Table.Columns))
        {
            Assert.Equal((column.Name, column.Source, column.GetType()), (copy.Name, copy.Source, copy.GetType()));
            switch (column)
            {
                case NumericFeature number:
                    Assert.Equal(number.Values, ((NumericFeature)copy).Values);
                    break;
                case CategoricalFeature category:
                    Assert.Equal(category.Codes, ((CategoricalFeature)copy).Codes);
                    Assert.Equal(category.Cardinality, ((CategoricalFeature)copy).Cardinality);
                    break;
            }
        }
    }
}
