using System.Text;
using TuneLab.Randomness;

namespace TuneLab.Cli.Tests;

/// <summary>Small tables that a few boosting rounds can learn something from.</summary>
internal static class ToyTable
{
    /// <summary>Columns a, b, c and the label y: yes or no.</summary>
    public static string Binary(int rows = 240)
    {
        var random = new SeededRandom(5);
        var text = new StringBuilder("a,b,c,y\n");
        for (var row = 0; row < rows; row++)
        {
            var (a, b, c) = (random.NextDouble(), random.NextNormal(), "xyz"[random.NextInt(3)]);
            var yes = a + 0.5 * b + (c == 'x' ? 1 : 0) + 0.5 * random.NextNormal() > 0.8;
            text.Append(CultureInfo.InvariantCulture, $"{a:0.0000},{b:0.0000},{c},{(yes ? "yes" : "no")}\n");
        }

        return text.ToString();
    }

    /// <summary>An experiment on <c>toy.csv</c> that takes about a second.</summary>
    public static string Experiment(string more = "") => """
        data: { file: toy.csv, label: y }
        metric: auc
        trainers: [boosting]
        space: { boosting: { rounds: 20, leaves: { low: 2, high: 8 } } }
        validate: { folds: 3 }
        budget: { trials: 6 }
        stages:
          - { name: coarse, sampler: random, trials: 3 }
          - { name: polish, sampler: sobol, trials: 2 }
          - { name: confirm, top: 2, repeats: 2 }
        output: { folder: runs/toy }

        """ + more;

    /// <summary>Writes toy.csv and toy.yaml.</summary>
    public static void WriteTo(CliFolder folder, string more = "")
    {
        folder.Write("toy.csv", Binary());
        folder.Write("toy.yaml", Experiment(more));
    }
}
