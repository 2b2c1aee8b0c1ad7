using System.Runtime.CompilerServices;
using System.Text.Json;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Linear;

/// <summary>Against scikit-learn, whose numbers Reference/Linear/linear.py wrote.</summary>
public class LinearReferenceTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly Dictionary<string, Case> Cases = Read().ToDictionary(c => c.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_SameObjective_GivesTheWeightsOfScikitLearn(string name)
    {
        var known = Cases[name];
        var model = LinearFits.Fit(Fold(known), known.Strength, known.L1Ratio);

        var stride = known.X[0].Length + 1;
        var scale = known.Task == "regression" ? 100.0 : 1; // its label has a deviation of about 100
        for (var k = 0; k < known.Coefficients.Length; k++)
        {
            for (var j = 0; j < stride - 1; j++)
            {
                Assert.Equal(known.Coefficients[k][j] / scale, model.Weights[(k * stride) + j] / scale, 5e-6);
            }

            Assert.Equal(known.Intercepts[k] / scale, model.Weights[(k * stride) + stride - 1] / scale, 5e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Predict_SameObjective_GivesThePredictionsOfScikitLearn(string name)
    {
        var known = Cases[name];
        var fold = Fold(known);
        var values = new double[known.X.Length * fold.Outputs];
        LinearFits.Fit(fold, known.Strength, known.L1Ratio).Predict(fold.Table, values);

        var scale = known.Task == "regression" ? 100.0 : 1;
        var expected = known.Predictions.SelectMany(p => p).ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i] / scale, values[i] / scale, 5e-6);
        }
    }

    private static PreparedFold Fold(Case known)
    {
        FeatureColumn[] columns = [.. Enumerable.Range(0, known.X[0].Length).Select(j => SampleFold.Numbers("x" + j, [.. known.X.Select(row => (float)row[j])]))];
        return SampleFold.Make(Enum.Parse<LearningTask>(known.Task, ignoreCase: true), columns, known.Y, known.Weights);
    }

    private static List<Case> Read([CallerFilePath] string here = "")
        => JsonSerializer.Deserialize<List<Case>>(
            File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "Reference", "Linear", "linear.json")),
            Json)!;

    private sealed record Case(
        string Name, string Task, double Strength, [property: System.Text.Json.Serialization.JsonPropertyName("l1_ratio")] double L1Ratio,
        double[][] X, double[] Y, double[]? Weights, double[][] Coefficients, double[] Intercepts, double[][] Predictions);
}
