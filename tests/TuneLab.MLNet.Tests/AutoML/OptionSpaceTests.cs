using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.SearchSpace.Option;
using TuneLab.MLNet.AutoML;
using TuneLab.Randomness;
using TuneLab.Space;
using MLSearchSpace = Microsoft.ML.SearchSpace.SearchSpace;

namespace TuneLab.MLNet.Tests.AutoML;

[Collection(AloneCollection.Name)]
public class OptionSpaceTests
{
    private static MLSearchSpace Nested() => new()
    {
        ["whole"] = new UniformIntOption(4, 32768, true, 100),
        ["few"] = new UniformIntOption(1, 3),
        ["rate"] = new UniformDoubleOption(1e-10, 1, true, 0.1),
        ["single"] = new UniformSingleOption(-2, 2, false, 0.5f),
        ["kind"] = new ChoiceOption(["a", "b", "c"], "b"),
        ["flag"] = new ChoiceOption([true, false], false),
        ["only"] = new ChoiceOption("one"),
        ["inner"] = new MLSearchSpace { ["z"] = new UniformDoubleOption(0, 1), ["deep"] = new MLSearchSpace { ["n"] = new UniformIntOption(-5, 5, false, 2) } },
    };

    [Fact]
    public void Learners_NestedSpace_HasDottedNamesKindsAndDefaults()
    {
        var learner = Assert.Single(new OptionSpace(Nested()).Learners);
        Assert.Equal(["few", "flag", "inner.deep.n", "inner.z", "kind", "rate", "single", "whole"], learner.Space.Parameters.Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal("4 to 32768, log, whole", learner.Space.Parameters[learner.Space.IndexOf("whole")].Describe());
        Assert.Equal("true or false", learner.Space.Parameters[learner.Space.IndexOf("flag")].Describe());
        Assert.Equal(100, learner.Start.Values["whole"].Number);
        Assert.Equal(2, learner.Start.Values["inner.deep.n"].Number);
        Assert.Equal(0.1, learner.Start.Values["rate"].Number, 12);
        Assert.Equal("b", learner.Start.Values["kind"].Name);
        Assert.Equal("false", learner.Start.Values["flag"].Name);
    }

    [Fact]
    public void Of_AnyConfiguration_GivesMLNetItsValues()
    {
        var space = new OptionSpace(Nested());
        var learner = space.Learners[0];
        var random = new SeededRandom(3);
        for (var i = 0; i < 500; i++)
        {
            var configuration = learner.Space.FromUnit("search", [.. Enumerable.Range(0, learner.Space.Dimensions).Select(_ => random.NextInt(5) == 0 ? random.NextInt(2) : random.NextDouble())]);
            var given = space.Of(configuration);
            Assert.Equal(configuration.Values["few"].Number, given["few"].AsType<int>());
            Assert.Equal(configuration.Values["inner.deep.n"].Number, given["inner"]["deep"]["n"].AsType<int>());
            Assert.Equal(configuration.Values["kind"].Name, given["kind"].AsType<string>());
            Assert.Equal(configuration.Values["flag"].Name == "true", given["flag"].AsType<bool>());
            Assert.Equal("one", given["only"].AsType<string>());
            Close(configuration.Values["rate"].Number, given["rate"].AsType<double>(), 1e-12);
            Close(configuration.Values["single"].Number, given["single"].AsType<float>(), 1e-6);

            // at its very end ML.NET's rounding may give the number before
            Assert.InRange(configuration.Values["whole"].Number - given["whole"].AsType<int>(), 0, configuration.Values["whole"].Number == 32768 ? 1 : 0);
        }
    }

    [Fact]
    public void Learners_SweepablePipeline_IsOneForEachTrainerWithItsOwnOptions()
    {
        var context = new MLContext(1);
        var pipeline = context.Auto().BinaryClassification(useLgbm: true, useFastTree: true, useFastForest: false, useLbfgsLogisticRegression: true, useSdcaLogisticRegression: false);
        var whole = new MLSearchSpace { ["_pipeline_"] = pipeline.SearchSpace };
        var space = new OptionSpace(whole);
        Assert.Equal(3, space.Learners.Count);
        foreach (var learner in space.Learners)
        {
            var estimator = learner.Start.Trainer;
            Assert.All(learner.Space.Parameters, p => Assert.StartsWith("_pipeline_." + estimator + ".", p.Name, StringComparison.Ordinal));
            Assert.NotEmpty(learner.Space.Parameters);
            var given = space.Of(learner.Start)["_pipeline_"];
            Assert.Equal(estimator, given["_SCHEMA_"].AsType<string>());
            Assert.NotNull(pipeline.BuildFromOption(context, given));
        }
    }

    private static void Close(double expected, double actual, double relative) => Assert.InRange(actual, expected - relative * Math.Abs(expected) - 1e-300, expected + relative * Math.Abs(expected) + 1e-300);
}
