using TuneLab.Experiments;
using TuneLab.Space;

namespace TuneLab.Tests.Space;

public sealed class SpaceEditorTests
{
    private static readonly SearchSpace _known = new(
        new FloatParameter("learning_rate", 0.001, 1, Scale.Log),
        new IntParameter("depth", 1, 64),
        new ChoiceParameter("kind", "plain", "extra", "dart"),
        new FloatParameter("drop", 0, 0.5) { Condition = new("kind", ["dart"]) },
        new FloatParameter("noise", 0, 1) { Condition = new("kind", ["plain", "extra"]) });

    private static readonly SearchSpace _default = new(
        new FloatParameter("learning_rate", 0.01, 0.3, Scale.Log),
        new ChoiceParameter("kind", "plain", "dart"),
        new FloatParameter("drop", 0, 0.5) { Condition = new("kind", ["dart"]) });

    private static readonly Configuration _defaults = new("boosting", [new("learning_rate", 0.1), new("depth", 6), new("kind", "plain"), new("noise", 0.5)]);

    [Fact]
    public void Apply_NoEdits_KeepsTheDefaultSpace()
    {
        var edited = Apply();
        Assert.Equal(["learning_rate", "kind", "drop"], Names(edited));
        Assert.Empty(edited.Faults);
        Assert.Empty(edited.FixedValues);
    }

    [Fact]
    public void Apply_Range_NarrowsAndKeepsWhatIsNotGiven()
    {
        var edited = Apply(("learning_rate", new ParameterEdit { Low = 0.02 }));
        var rate = Assert.IsType<FloatParameter>(edited.Space.Parameters[0]);
        Assert.Equal((0.02, 0.3, Scale.Log), (rate.Low, rate.High, rate.Scale));
    }

    [Fact]
    public void Apply_WiderThanTheDefaultWithinTheWidest_IsAllowed()
    {
        var rate = Assert.IsType<FloatParameter>(Apply(("learning_rate", new ParameterEdit { Low = 0.001, High = 1, Scale = Scale.Linear })).Space.Parameters[0]);
        Assert.Equal((0.001, 1, Scale.Linear), (rate.Low, rate.High, rate.Scale));
    }

    [Fact]
    public void Apply_ParameterNotSearchedByDefault_IsAdded()
    {
        var edited = Apply(("depth", new ParameterEdit { High = 8, Step = 2, Low = 2 }));
        Assert.Equal(["learning_rate", "depth", "kind", "drop"], Names(edited));
        Assert.Equal(new IntParameter("depth", 2, 8, step: 2), edited.Space.Parameters[1]);
    }

    [Fact]
    public void Apply_FixedValue_IsNotSearched()
    {
        var edited = Apply(("learning_rate", new ParameterEdit { Fixed = 0.05 }));
        Assert.Equal(["kind", "drop"], Names(edited));
        Assert.Equal(0.05, edited.FixedValues["learning_rate"].Number);
    }

    [Fact]
    public void Apply_FixedParent_SettlesTheConditions()
    {
        var dart = Apply(("kind", new ParameterEdit { Fixed = "dart" }));
        Assert.Equal(["learning_rate", "drop"], Names(dart));
        Assert.Null(dart.Space.Parameters[1].Condition);
        Assert.Equal(["learning_rate"], Names(Apply(("kind", new ParameterEdit { Fixed = "plain" }))));
    }

    [Fact]
    public void Apply_FewerChoices_CutsOrDropsTheConditions()
    {
        var plain = Apply(("kind", new ParameterEdit { Choices = ["plain"] }), ("noise", new ParameterEdit()));
        Assert.Equal(["learning_rate", "kind", "noise"], Names(plain));
        Assert.Equal(["plain"], plain.Space.Parameters[2].Condition!.Values);
        Assert.Empty(plain.Faults);
    }

    [Theory]
    [InlineData(0.5, 0.1, "Parameter 'boosting.learning_rate': low 0.5 exceeds high 0.1; swap them in churn.yaml line 14.")]
    [InlineData(0.5, null, "Parameter 'boosting.learning_rate': low 0.5 exceeds the default high 0.3; give a high too, up to 1, in churn.yaml line 14.")]
    [InlineData(null, 0.005, "Parameter 'boosting.learning_rate': high 0.005 is below the default low 0.01; give a low too, down to 0.001, in churn.yaml line 14.")]
    [InlineData(0.0, 0.1, "Parameter 'boosting.learning_rate': low 0 lies outside the widest range that it takes (0.001 to 1, log) in churn.yaml line 14.")]
    public void Apply_WrongRange_SaysWhatAndWhere(double? low, double? high, string message)
        => Assert.Equal(message, Fault("learning_rate", new ParameterEdit { Low = low, High = high, Where = "churn.yaml line 14" }));

    [Fact]
    public void Apply_UnknownName_NamesTheNearest()
        => Assert.StartsWith("boosting has no hyperparameter 'learning_rat' in churn.yaml line 14; did you mean 'learning_rate'?", Fault("learning_rat", new ParameterEdit { Low = 1, Where = "churn.yaml line 14" }));

    [Fact]
    public void Apply_OtherFaults_SayWhatIsAllowed()
    {
        Assert.Equal("Parameter 'boosting.kind': has no choice 'extras'; did you mean 'extra'? The choices are: plain, extra, dart.", Fault("kind", new ParameterEdit { Choices = ["extras", "plain"] }));
        Assert.Contains("has choices (plain or extra or dart) and no range", Fault("kind", new ParameterEdit { Low = 1 }));
        Assert.Contains("at least one choice, each once", Fault("kind", new ParameterEdit { Choices = ["plain", "plain"] }));
        Assert.Contains("takes a range (1 to 64, whole), not the choices '4, 8'", Fault("depth", new ParameterEdit { Choices = ["4", "8"] }));
        Assert.Contains("is a whole number; low 2.5 is not", Fault("depth", new ParameterEdit { Low = 2.5 }));
        Assert.Contains("can't be '65'; allowed is 1 to 64, whole", Fault("depth", new ParameterEdit { Fixed = 65 }));
        Assert.Contains("can't be 'big'", Fault("depth", new ParameterEdit { Fixed = "big" }));
        Assert.Contains("a step of 0.1 must be above 0 and the scale linear", Fault("learning_rate", new ParameterEdit { Step = 0.1 }));
        Assert.Contains("a log scale needs a low above 0, not 0", Fault("noise", new ParameterEdit { Scale = Scale.Log }));
        Assert.Contains("only matters when 'kind' is dart, which is never so here", FaultOf(("kind", new ParameterEdit { Fixed = "plain" }), ("drop", new ParameterEdit { High = 0.2 })));
    }

    [Fact]
    public void Apply_SeveralFaults_ReportsAllAndAppliesTheRest()
    {
        var edited = Apply(("rate", new ParameterEdit()), ("depth", new ParameterEdit { High = 100 }), ("learning_rate", new ParameterEdit { High = 0.2 }));
        Assert.Equal(2, edited.Faults.Count);
        Assert.Equal(0.2, Assert.IsType<FloatParameter>(edited.Space.Parameters[0]).High);
    }

    [Theory]
    [InlineData(3.0, null, 8, null)] // fixed: the range is lowered
    [InlineData(1.0, null, 4, null)] // never below the low
    [InlineData(0.0, null, 256, null)] // no limit
    [InlineData(null, 8.0, 256, "depth")] // searched: by the space
    [InlineData(null, null, 64, null)] // the default
    public void Apply_LimitedNumber_IsSettledUnlessTheLimitIsSearched(double? value, double? high, long most, string? limit)
    {
        var known = new SearchSpace(new IntParameter("leaves", 2, 4096, Scale.Log), new IntParameter("depth", 0, 64));
        var searched = new SearchSpace(new IntParameter("leaves", 4, 256, Scale.Log) { AtMostTwoTo = "depth" });
        var edits = new Dictionary<string, ParameterEdit>();
        if (value is not null || high is not null)
        {
            edits.Add("depth", value is { } given ? new ParameterEdit { Fixed = given } : new ParameterEdit { High = high });
        }

        edits.Add("leaves", new ParameterEdit { Low = 4 });
        var edited = SpaceEditor.Apply("boosting", known, searched, new Configuration("boosting", [new("leaves", 31), new("depth", 6)]), edits);
        Assert.Empty(edited.Faults);
        Assert.Equal(new IntParameter("leaves", 4, most, Scale.Log) { AtMostTwoTo = limit }, edited.Space.Parameters[0]);
    }

    private static string Fault(string name, ParameterEdit edit) => FaultOf((name, edit));

    private static string FaultOf(params (string, ParameterEdit)[] edits) => Assert.Single(Apply(edits).Faults);

    private static IEnumerable<string> Names(EditedSpace edited) => edited.Space.Parameters.Select(p => p.Name);

    private static EditedSpace Apply(params (string Name, ParameterEdit Edit)[] edits)
        => SpaceEditor.Apply("boosting", _known, _default, _defaults, edits.ToDictionary(e => e.Name, e => e.Edit));
}
