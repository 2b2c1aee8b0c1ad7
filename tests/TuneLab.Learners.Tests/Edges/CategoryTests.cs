using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Boosting;
using TuneLab.Randomness;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Edges;

/// <summary>Categories with many levels.</summary>
public sealed class CategoryTests
{
    [Theory]
    [InlineData(LearningTask.Binary, 1)]
    [InlineData(LearningTask.Regression, 2)]
    public void Fit_TwoHundredCategories_PredictsUnseenRowsBetterThanOneHotColumns(LearningTask task, ulong seed)
    {
        // shops: a few large, most small; each with an effect of its own, beside a number that counts as much
        const int rows = 6000, train = 4000, shops = 200;
        var random = new SeededRandom(seed);
        double[] effects = [.. Enumerable.Range(0, shops).Select(_ => 1.5 * random.NextNormal())];
        int[] codes = [.. Enumerable.Range(0, rows).Select(_ => Math.Min(shops - 1, (int)(shops * Math.Pow(random.NextDouble(), 1.7))))];
        float[] number = [.. Enumerable.Range(0, rows).Select(_ => (float)random.NextNormal())];
        double[] target = [.. Enumerable.Range(0, rows).Select(i => effects[codes[i]] + 1.5 * Math.Sin(2 * number[i]) + 0.7 * random.NextNormal()).Select(s => task == LearningTask.Binary ? s > 0 ? 1.0 : 0 : s)];
        FeatureColumn[] native = [SampleFold.Numbers("number", number), SampleFold.Categories("shop", codes)];
        FeatureColumn[] oneHot = [SampleFold.Numbers("number", number), .. Enumerable.Range(0, shops).Select(s => SampleFold.Numbers("shop" + s, [.. codes.Select(c => c == s ? 1f : 0)]))];
        double Loss(FeatureColumn[] columns)
        {
            var trainer = new BoostingTrainer();
            var fold = SampleFold.Make(task, columns, target, null, [.. Enumerable.Range(0, train)]);
            var predicted = Fits.Model(trainer, fold, trainer.Info.Default.With("rounds", 40).With("leaves", 12)).Predict(fold.Table);
            return Enumerable.Range(train, rows - train).Average(i => Math.Pow(predicted[i] - target[i], 2));
        }

        var (ofNative, ofOneHot) = (Loss(native), Loss(oneHot));
        Assert.True(ofNative < 0.9 * ofOneHot, $"native {ofNative}, one-hot {ofOneHot}");
    }

    [Fact]
    public void Fit_MoreCategoriesThanBins_TellsTheFrequentApartAndPoolsTheRest()
    {
        // 240 categories of 12 rows, 700 of one or two: 254 have a bin of their own
        var frequent = Enumerable.Range(0, 12 * 240).Select(i => i % 240);
        var rare = Enumerable.Range(0, 1000).Select(i => 240 + i % 700);
        int[] codes = [.. frequent, .. rare];
        double[] target = [.. codes.Select(c => c < 240 ? c % 2 * 10.0 : 100)];
        var fold = SampleFold.Make(LearningTask.Regression, [new CategoricalFeature("c", "c", codes, 1000)], target);
        var trainer = new BoostingTrainer();
        var model = Fits.Model(trainer, fold, Fits.Free(trainer, ("rounds", 30), ("learning_rate", 0.5), ("max_cat_groups", 256), ("cat_l2", 0)));
        var byCode = model.Predict(new FeatureTable([new CategoricalFeature("c", "c", [.. Enumerable.Range(0, 1000)], 1000)], 1000));
        Assert.All(Enumerable.Range(0, 240), c => Assert.Equal(c % 2 * 10.0, byCode[c], 0.1));
        Assert.All(Enumerable.Range(554, 386), c => Assert.Equal(100, byCode[c], 0.1)); // 700 rare ones: 300 of two rows, of which 14 have a bin of their own
        Assert.Single(byCode[554..940].Distinct());
        Assert.Single(byCode[940..].Distinct()); // no training row has them: they are as good as missing
    }

    [Theory]
    [InlineData("boosting", true)]
    [InlineData("forest", true)]
    [InlineData("linear", false)] // has no column for them, but one for missing values
    public void Predict_CodesWithoutTrainingRows_AreAllAlike(string trainer, bool asMissing)
    {
        int[] codes = [.. Enumerable.Range(0, 400).Select(i => i % 20 == 0 ? -1 : i % 7)];
        var fold = SampleFold.Make(LearningTask.Binary, [new CategoricalFeature("c", "c", codes, 50)], [.. codes.Select(c => c is 2 or 5 or -1 ? 1.0 : 0)]);
        var model = Fits.Model(EmbeddedTrainers.All.First(t => t.Info.Id == trainer), fold, EmbeddedTrainers.All.First(t => t.Info.Id == trainer).Info.Cheap);
        var predicted = model.Predict(new FeatureTable([new CategoricalFeature("c", "c", [-1, 7, 30, 49], 50)], 4));
        Assert.True(predicted[0] > 0.6, $"missing is {predicted[0]}");
        Assert.Single(predicted[1..].Distinct());
        Assert.Equal(asMissing, predicted[1] == predicted[0]);
    }
}
