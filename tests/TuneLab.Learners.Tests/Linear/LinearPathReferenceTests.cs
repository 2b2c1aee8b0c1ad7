using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using TuneLab.Data;
using TuneLab.Learners.Linear;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Linear;

/// <summary>The path against scikit-learn's, whose numbers Reference/Linear/path.py wrote.</summary>
public class LinearPathReferenceTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly Dictionary<string, Case> Cases = Read().ToDictionary(c => c.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Advance_ToAStrengthOfThePath_GivesTheWeightsOfScikitLearn(string name)
    {
        var known = Cases[name];
        var task = Enum.Parse<LearningTask>(known.Task, ignoreCase: true);
        var columns = Enumerable.Range(0, known.X[0].Length).Select(j => SampleFold.Numbers("x" + j, [.. known.X.Select(row => (float)row[j])])).ToList();
        var fold = SampleFold.Make(task, columns, known.Y);
        var scale = task == LearningTask.Regression ? 100.0 : 1; // its label has a deviation of about 100
        for (var step = 0; step < known.Strengths.Length; step++)
        {
            using var run = new LinearTrainer().Start(new TrainingRequest(fold, fold.Train, new Configuration("linear", [new("l1_ratio", known.L1Ratio)]), new Seed(1), ThreadShare.Single));
            var round = Enumerable.Range(1, StrengthPath.Count).Single(r => StrengthPath.At(r) == known.Strengths[step]);
            run.Advance(round, CancellationToken.None);
            if (run.Rounds < round)
            {
                Assert.True(step >= 3, "the path ended early"); // from 0.001 on it may, and scikit-learn's goes on
                break;
            }

            var weights = ((LinearModel)run.Complete()).Weights;
            for (var k = 0; k < known.Coefficients[step].Length; k++)
            {
                for (var j = 0; j < columns.Count; j++)
                {
                    Assert.Equal(known.Coefficients[step][k][j] / scale, weights[(k * (columns.Count + 1)) + j] / scale, 5e-4);
                }
            }
        }
    }

    private static List<Case> Read([CallerFilePath] string here = "")
        => JsonSerializer.Deserialize<List<Case>>(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "Reference", "Linear", "path.json")), Json)!;

    private sealed record Case(string Name, string Task, [property: JsonPropertyName("l1_ratio")] double L1Ratio, double[][] X, double[] Y, double[] Strengths, double[][][] Coefficients);
}
