using System.Globalization;
using TuneLab.Analysis.Findings;
using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Tests.Findings;

/// <summary>Each finding on a table that has it, and on one near it that has not.</summary>
public class TableFindingsTests
{
    [Theory]
    [InlineData(LearningTask.Binary, 2)]
    [InlineData(LearningTask.Multiclass, 4)]
    [InlineData(LearningTask.Regression, 0)]
    public void Look_HonestTable_FindsNothing(LearningTask task, int classes)
    {
        var table = new FindingTable(600, task, classes).Honest();
        Assert.Empty(table.Category("c", _ => table.Random.NextInt(40)).Number("n", _ => table.Random.NextInt(200)).Look());
    }

    [Fact]
    public void ConstantColumn_SameEverywhere_IsAHint()
    {
        var finding = Only(new FindingTable(200).Honest().Number("k", _ => 3).Look(), "constant-column");
        Assert.Equal((FindingSeverity.Hint, "k"), (finding.Severity, string.Join(",", finding.Columns)));
        Assert.Contains("data.ignore: [k]", finding.Advice, StringComparison.Ordinal);
        Assert.Empty(new FindingTable(200).Honest().Number("k", row => row == 0 ? 4 : 3).Look());
        Assert.Empty(new FindingTable(200).Honest().Number("k", _ => 3).Look(new DataRoles { Label = "y", Ignore = ["k"] }));
    }

    [Fact]
    public void IdentifierColumn_CountsTheRows_IsAWarning()
    {
        Assert.Equal(FindingSeverity.Warning, Only(new FindingTable(200).Honest().Number("n", row => row + 1).Look(), "identifier-column").Severity);
        Assert.Equal(FindingSeverity.Hint, Only(new FindingTable(200).Honest().Category("name", row => row).Look(), "identifier-column").Severity);
        Assert.Empty(new FindingTable(200).Honest().Number("n", row => row / 2).Look());
        Assert.Empty(new FindingTable(200).Honest().Number("n", row => row + 1).Look(new DataRoles { Label = "y", Ignore = ["n"] }));
    }

    [Fact]
    public void LabelCopy_OneToOne_IsAnError()
    {
        var table = new FindingTable(300, LearningTask.Multiclass, 3);
        var finding = Only(table.Honest().Category("copy", row => 2 - (int)table.Label[row]).Look(), "label-copy");
        Assert.Equal((FindingSeverity.Error, "copy"), (finding.Severity, finding.Columns.Single()));

        var numbers = new FindingTable(300);
        Assert.Equal(FindingSeverity.Error, Only(numbers.Honest().Number("copy", row => 7 - 5 * numbers.Label[row]).Look(), "label-copy").Severity);

        var regression = new FindingTable(300, LearningTask.Regression);
        Assert.Equal(FindingSeverity.Error, Only(regression.Honest().Number("copy", row => regression.Label[row]).Look(), "label-copy").Severity);
    }

    [Theory]
    [InlineData(LearningTask.Binary, 2, 0.01, true)]
    [InlineData(LearningTask.Binary, 2, 0.06, false)]
    [InlineData(LearningTask.Multiclass, 3, 0.01, true)]
    [InlineData(LearningTask.Multiclass, 3, 0.08, false)]
    [InlineData(LearningTask.Regression, 0, 0.05, true)]
    [InlineData(LearningTask.Regression, 0, 0.3, false)]
    public void LabelGiveaway_NearlyTheLabel_IsAWarningAndFartherNothing(LearningTask task, int classes, double noise, bool found)
    {
        var table = new FindingTable(1000, task, classes);
        var label = table.Label;
        table.Honest().Number("leak", row => task == LearningTask.Regression ? Math.Exp(label[row] + noise * table.Random.NextNormal()) // a curve of the label
            : (table.Random.NextDouble() < noise ? table.Random.NextInt(classes) : label[row]) + 0.5 * table.Random.NextDouble());

        var findings = table.Look();

        if (found)
        {
            Assert.Equal((FindingSeverity.Warning, "leak"), (Only(findings, "label-giveaway").Severity, findings.Single().Columns.Single()));
        }
        else
        {
            Assert.Empty(findings);
        }
    }

    [Fact]
    public void LabelGiveaway_ValueThatIsMissingWithOneClass_IsFound()
    {
        var table = new FindingTable(500);
        Assert.Equal("ended", Only(table.Honest().Number("ended", row => table.Label[row] == 1 ? table.Random.NextNormal() : double.NaN).Look(), "label-giveaway").Columns.Single());
        var honest = new FindingTable(500);
        Assert.Empty(honest.Honest().Number("ended", row => honest.Random.NextInt(2) == 1 ? honest.Random.NextNormal() : double.NaN).Look());
    }

    [Fact]
    public void LabelGiveaway_ValueForEachRow_TellsNothing()
    {
        var table = new FindingTable(500);
        Assert.DoesNotContain(table.Honest().Category("name", row => row).Look(), f => f.Id == "label-giveaway");
    }

    [Fact]
    public void TinyClass_FewerRowsThanFolds_StopsAStratifiedSplit()
    {
        FindingTable Table(int few) => new FindingTable(300, LearningTask.Multiclass, 3).WithLabel(row => row < few ? 2 : row % 2).Honest();
        var finding = Only(Table(4).Look(), "tiny-class");
        Assert.Equal(FindingSeverity.Error, finding.Severity);
        Assert.Contains("'c2' 3", finding.Sentence, StringComparison.Ordinal);
        Assert.Equal(FindingSeverity.Warning, Only(Table(4).Look(kind: "kfold"), "tiny-class").Severity);
        Assert.Equal(FindingSeverity.Warning, Only(Table(10).Look(), "tiny-class").Severity);
        Assert.Equal(FindingSeverity.Hint, Only(Table(20).Look(), "tiny-class").Severity);
        Assert.Empty(Table(30).Look());
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0)]
    public void DuplicateRows_CopiesOnBothSides_AreFound(double holdout)
    {
        FindingTable Table(int copies)
        {
            var table = new FindingTable(1000).WithLabel(row => (row % (1000 - copies)) * 7919 % 2);
            double[] once = [.. Enumerable.Range(0, 1000).Select(_ => Math.Round(table.Random.NextNormal(), 3))];
            return table.Number("a", row => once[row % (1000 - copies)]).Number("b", row => once[(row % (1000 - copies)) * 31 % 1000]).Category("c", row => row % (1000 - copies) % 3);
        }

        Assert.Equal(FindingSeverity.Warning, Only(Table(200).Look(holdout: holdout), "duplicate-rows").Severity);
        Assert.Equal(FindingSeverity.Hint, Only(Table(20).Look(holdout: holdout), "duplicate-rows").Severity);
        Assert.Empty(Table(2).Look(holdout: holdout));
    }

    [Fact]
    public void DuplicateRows_CoarseFeatures_AreEqualByChance()
    {
        var table = new FindingTable(1000);
        Assert.Empty(table.Category("a", _ => table.Random.NextInt(3)).Category("b", _ => table.Random.NextInt(20)).Category("c", _ => table.Random.NextInt(12)).Look());
    }

    [Fact]
    public void ConflictingRows_EqualFeaturesOtherLabels_AreFound()
    {
        FindingTable Table(int copies, int shift)
        {
            var table = new FindingTable(1000).WithLabel(row => (row < 1000 - copies ? row : row + shift) * 7919 / 3 % 2);
            double[] once = [.. Enumerable.Range(0, 1000).Select(_ => Math.Round(table.Random.NextNormal(), 3))];
            return table.Number("a", row => once[row % (1000 - copies)]).Number("b", row => once[(row % (1000 - copies)) * 31 % 1000]);
        }

        Assert.Contains(Table(100, 1).Look(), f => f is { Id: "conflicting-rows", Severity: FindingSeverity.Warning });
        Assert.DoesNotContain(Table(0, 0).Look(), f => f.Id == "conflicting-rows");
    }

    [Theory]
    [InlineData(LearningTask.Binary)]
    [InlineData(LearningTask.Regression)]
    public void TimeOrderIgnored_LabelDriftsWithTheDate_IsAWarning(LearningTask task)
    {
        FindingTable Table(double drift)
        {
            var table = new FindingTable(1000, task);
            double[] day = [.. Enumerable.Range(0, 1000).Select(_ => 1000 * table.Random.NextDouble())];
            return table.WithLabel(row => task == LearningTask.Regression ? drift * day[row] / 1000 + table.Random.NextNormal() : table.Random.NextDouble() < 0.5 + drift * (day[row] / 1000 - 0.5) ? 1 : 0)
                .Honest().Dates("sold", row => day[row]);
        }

        var finding = Only(Table(0.8).Look(), "time-order-ignored");
        Assert.Equal((FindingSeverity.Warning, "sold"), (finding.Severity, finding.Columns.Single()));
        Assert.Contains("data.time: sold", finding.Advice, StringComparison.Ordinal);
        Assert.Equal(FindingSeverity.Hint, Only(Table(0).Look(), "time-order-ignored").Severity);
        Assert.Equal(FindingSeverity.Warning, Only(Table(0.8).Look(new DataRoles { Label = "y", Ignore = ["sold"] }), "time-order-ignored").Severity);
        Assert.Empty(Table(0.8).Look(new DataRoles { Label = "y", Time = "sold" }));
    }

    [Theory]
    [InlineData("yyyymmdd", "days as yyyymmdd")]
    [InlineData("seconds", "seconds since 1970")]
    [InlineData("milliseconds", "milliseconds since 1970")]
    [InlineData("text", "its texts are dates")]
    public void TimeOrderIgnored_TimesOfAnotherType_AreSeen(string form, string reads)
    {
        FindingTable Table(double drift)
        {
            var table = new FindingTable(1000);
            double[] day = [.. Enumerable.Range(0, 1000).Select(_ => 1000 * table.Random.NextDouble())];
            table.WithLabel(row => table.Random.NextDouble() < 0.5 + drift * (day[row] / 1000 - 0.5) ? 1 : 0).Honest();
            var first = new DateTime(2022, 1, 1);
            return form switch
            {
                "yyyymmdd" => table.Number("sold", row => double.Parse(first.AddDays(day[row]).ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
                "seconds" => table.Number("sold", row => Math.Floor(1.64e9 + 86400 * day[row])),
                "milliseconds" => table.Number("sold", row => Math.Floor(1.64e12 + 86400e3 * day[row])),
                _ => table.Texts("sold", row => row % 50 == 0 ? "unknown" : first.AddDays(day[row]).ToString("dd.MM.yyyy", CultureInfo.InvariantCulture)),
            };
        }

        var finding = Only(Table(0.8).Look(), "time-order-ignored");
        Assert.Equal((FindingSeverity.Warning, "sold"), (finding.Severity, finding.Columns.Single()));
        Assert.Contains(reads, finding.Sentence, StringComparison.Ordinal);
        Assert.Contains(form == "text" ? "data.types: { sold: date }" : "data.time: sold.", finding.Advice, StringComparison.Ordinal);
        Assert.Equal(FindingSeverity.Hint, Only(Table(0).Look(), "time-order-ignored").Severity);
    }

    [Theory]
    [InlineData("counts", "order", 1_500_000_000.0, 1)]
    [InlineData("counts over days", "order", 1_500_000_000.0, 1.4)]
    [InlineData("called an id", "customer_id", 1_500_000_000.0, 3000)]
    [InlineData("called an id", "orderNo", 20_200_101, 0)]
    [InlineData("spread over all ten digits", "account", 1_000_000_000.0, 9_000_000)]
    [InlineData("of no day", "batch", 20_200_101, 7)]
    [InlineData("prices", "price", 900_000, 1234)]
    [InlineData("years", "year", 1990, 0.03)]
    public void TimeOrderIgnored_NumbersThatAreNoTimes_AreLeftAlone(string why, string name, double first, double step)
    {
        // the label drifts along them, so nothing but what they are keeps them from being told
        var table = new FindingTable(1000);
        table.WithLabel(row => table.Random.NextDouble() < 0.1 + 0.8 * row / 1000 ? 1 : 0).Honest().Number(name, row => Math.Floor(first + step * row) + (first == 1_500_000_000.0 && step > 2 ? table.Random.NextInt(3000) : 0));
        Assert.True(table.Look().All(f => f.Id != "time-order-ignored"), why);
    }

    [Fact]
    public void TimeOrderIgnored_TextsOfWhichFewAreDates_AreLeftAlone()
    {
        var table = new FindingTable(1000);
        table.WithLabel(row => table.Random.NextDouble() < 0.1 + 0.8 * row / 1000 ? 1 : 0).Honest().Texts("note", row => row % 2 == 0 ? "2024-03-" + (1 + row % 28).ToString("00", CultureInfo.InvariantCulture) : "no. " + row);
        Assert.DoesNotContain(table.Look(), f => f.Id == "time-order-ignored");
    }

    [Theory]
    [InlineData(LearningTask.Binary, "patient")]
    [InlineData(LearningTask.Binary, "CustomerId")]
    [InlineData(LearningTask.Regression, "household_id")]
    public void GroupLeakage_EntitiesOnBothSides_IsAWarning(LearningTask task, string name)
    {
        FindingTable Table(double agreement, string called)
        {
            var table = new FindingTable(1000, task);
            double[] own = [.. Enumerable.Range(0, 200).Select(_ => task == LearningTask.Regression ? table.Random.NextNormal() : table.Random.NextInt(2))];
            return table.WithLabel(row => task == LearningTask.Regression ? agreement * own[row / 5] + table.Random.NextNormal()
                : table.Random.NextDouble() < agreement ? own[row / 5] : table.Random.NextInt(2)).Honest().Number(called, row => row / 5 * 37 % 200 + 1000);
        }

        var finding = Only(Table(0.8, name).Look(), "group-leakage");
        Assert.Equal((FindingSeverity.Warning, name), (finding.Severity, finding.Columns.Single()));
        Assert.Contains("data.group: " + name, finding.Advice, StringComparison.Ordinal);
        Assert.Empty(Table(0, name).Look());
        Assert.Empty(Table(0.8, name).Look(new DataRoles { Label = "y", Group = name }));
        Assert.Equal("group-leakage", Only(Table(0.8, name).Look(new DataRoles { Label = "y", Ignore = [name] }), "group-leakage").Id);
    }

    [Fact]
    public void GroupLeakage_NumberThatMeasures_IsNone()
    {
        // like ages: rows of one value agree, and so do those of the next
        var table = new FindingTable(2000);
        double[] size = [.. Enumerable.Range(0, 2000).Select(_ => Math.Floor(400 * table.Random.NextDouble()))];
        Assert.Empty(table.WithLabel(row => table.Random.NextDouble() < (size[row] > 200 ? 0.95 : 0.05) ? 1 : 0).Honest().Number("size", row => size[row]).Look());
    }

    [Fact]
    public void GroupLeakage_UnnamedNumberWithoutOrder_IsFound()
    {
        var table = new FindingTable(2000);
        double[] own = [.. Enumerable.Range(0, 400).Select(_ => (double)table.Random.NextInt(2))];
        table.WithLabel(row => table.Random.NextDouble() < 0.8 ? own[row / 5] : table.Random.NextInt(2)).Honest().Number("x17", row => row / 5 * 37 % 400);
        Assert.Equal("x17", Only(table.Look(), "group-leakage").Columns.Single());
    }

    [Fact]
    public void ExtremeValues_AreHints()
    {
        var far = new FindingTable(500);
        Assert.Equal((FindingSeverity.Hint, "far"), (Only(far.Honest().Number("far", row => row == 7 ? 99999 : far.Random.NextNormal()).Look(), "extreme-values") is var f ? f.Severity : default, f.Columns.Single()));
        var many = new FindingTable(500);
        Assert.Equal("many", Only(many.Honest().Number("many", row => row % 3 == 0 ? 9 * many.Random.NextNormal() : 0.5 * many.Random.NextNormal()).Look(), "many-outliers").Columns.Single());
        var skewed = new FindingTable(500, LearningTask.Regression);
        Assert.Equal("y", Only(skewed.WithLabel(_ => Math.Exp(2 * skewed.Random.NextNormal())).Number("a", _ => skewed.Random.NextNormal()).Look(), "skewed-label").Columns.Single());
    }

    [Fact]
    public void Look_Twice_SaysTheSame()
    {
        var table = new FindingTable(800).Honest();
        table.Number("k", _ => 1).Number("id", row => row).Category("ticket", row => row / 3).Number("leak", row => table.Label[row] + 0.1 * table.Random.NextDouble());
        var split = PlannedSplit.Default(table.Table());
        var first = TableLook.Of(table.Table(), split).Findings;
        Assert.Equal(first.Select(f => (f.Id, f.Sentence, f.Advice)), TableLook.Of(table.Table(), split).Findings.Select(f => (f.Id, f.Sentence, f.Advice)));
        Assert.Equal(first.OrderByDescending(f => f.Severity), first);
    }

    [Fact]
    public void Require_StopsAtErrorsAndWhenStrictAtWarnings()
    {
        Finding Of(FindingSeverity severity) => new("some-id", severity, [], "It is so.", "Do that.");
        TableFindings.Require([Of(FindingSeverity.Warning), Of(FindingSeverity.Hint)], "t.csv", strict: false);
        TableFindings.Require([Of(FindingSeverity.Hint)], "t.csv", strict: true);
        Assert.Equal(["some-id: It is so. Do that."], Assert.Throws<InputException>(() => TableFindings.Require([Of(FindingSeverity.Error)], "t.csv", strict: false)).Faults);
        Assert.Equal(2, Assert.Throws<InputException>(() => TableFindings.Require([Of(FindingSeverity.Error), Of(FindingSeverity.Warning), Of(FindingSeverity.Hint)], "t.csv", strict: true)).Faults.Count);
    }

    [Theory]
    [InlineData("PatientId", true)]
    [InlineData("patient_id", true)]
    [InlineData("user", true)]
    [InlineData("id", true)]
    [InlineData("Ticket", true)]
    [InlineData("paid", false)]
    [InlineData("valid", false)]
    [InlineData("customer_age", false)]
    [InlineData("humid", false)]
    public void IsEntity_LastWordOfAName(string name, bool entity) => Assert.Equal(entity, SharedEntities.IsEntity(name));

    private static Finding Only(IReadOnlyList<Finding> findings, string id)
    {
        Assert.All(findings, f => Assert.Equal(id, f.Id));
        return Assert.Single(findings);
    }
}
